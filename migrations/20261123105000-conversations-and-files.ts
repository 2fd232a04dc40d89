import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPartitionedTable } from '#platform/database';

const OWNER = `
  from_source varchar(255) not null,
  from_end_user_id uuid,
  from_account_id uuid`;

const TIMES = `
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()`;

const MESSAGE = `
  tenant_id uuid not null,
  app_id uuid not null,
  conversation_id uuid not null,
  model_provider varchar(255),
  model_id varchar(255),
  override_model_configs text,
  inputs text not null,
  query text not null,
  message text not null default '""',
  message_tokens integer not null default 0,
  message_unit_price numeric not null default 0,
  message_price_unit numeric not null default 0.001,
  answer text not null default '',
  answer_tokens integer not null default 0,
  answer_unit_price numeric not null default 0,
  answer_price_unit numeric not null default 0.001,
  parent_message_id uuid,
  provider_response_latency double precision not null default 0,
  total_price numeric,
  currency varchar(255) not null default 'USD',
  status varchar(255) not null default 'normal',
  error text,
  message_metadata text,
  invoke_from varchar(255),
  ${OWNER},
  agent_based boolean not null default false,
  workflow_run_id uuid,
  app_mode varchar(255),
  ${TIMES}`;

const TABLES = [
  `create table upload_files (
    id uuid primary key,
    tenant_id uuid not null,
    storage_type varchar(255) not null,
    key varchar(255) not null,
    name varchar(255) not null,
    size integer not null,
    extension varchar(255) not null,
    mime_type varchar(255),
    created_by_role varchar(255) not null default 'account',
    created_by uuid not null,
    created_at timestamptz not null default now(),
    used boolean not null default false,
    used_by uuid,
    used_at timestamptz,
    hash varchar(255),
    source_url text not null default ''
  )`,
  `create table conversations (
    id uuid primary key,
    tenant_id uuid not null,
    app_id uuid not null,
    app_model_config_id uuid,
    model_provider varchar(255),
    model_id varchar(255),
    override_model_configs text,
    mode varchar(255) not null,
    name varchar(255) not null,
    summary text,
    inputs text not null,
    introduction text,
    system_instruction text,
    system_instruction_tokens integer not null default 0,
    status varchar(255) not null default 'normal',
    invoke_from varchar(255),
    ${OWNER},
    read_at timestamptz,
    read_account_id uuid,
    dialogue_count integer not null default 0,
    is_deleted boolean not null default false,
    ${TIMES}
  )`,
  `create table message_files (
    id uuid primary key,
    tenant_id uuid not null,
    app_id uuid not null,
    message_id uuid not null,
    type varchar(255) not null,
    transfer_method varchar(255) not null,
    url text,
    belongs_to varchar(255),
    upload_file_id uuid,
    name varchar(255) not null default '',
    extension varchar(255) not null default '',
    mime_type varchar(255) not null default '',
    size integer not null default -1,
    created_by_role varchar(255) not null,
    created_by uuid not null,
    created_at timestamptz not null default now()
  )`,
  `create table message_feedbacks (
    id uuid primary key,
    tenant_id uuid not null,
    app_id uuid not null,
    conversation_id uuid not null,
    message_id uuid not null,
    rating varchar(255) not null,
    content text,
    ${OWNER},
    ${TIMES}
  )`,
  `create table message_agent_thoughts (
    id uuid primary key,
    tenant_id uuid not null,
    message_id uuid not null,
    message_chain_id uuid,
    position integer not null,
    thought text,
    tool text,
    tool_labels_str text not null default '{}',
    tool_meta_str text not null default '{}',
    tool_input text,
    observation text,
    tool_process_data text,
    message text,
    message_token integer,
    message_unit_price numeric,
    message_price_unit numeric not null default 0.001,
    message_files text,
    answer text,
    answer_token integer,
    answer_unit_price numeric,
    answer_price_unit numeric not null default 0.001,
    tokens integer,
    total_price numeric,
    currency varchar,
    latency double precision,
    created_by_role varchar not null,
    created_by uuid not null,
    created_at timestamptz not null default now()
  )`,
];

const INDEXES = [
  'create index upload_file_tenant_idx on upload_files (tenant_id)',
  'create index conversation_app_user_updated_idx on conversations (tenant_id, app_id, from_end_user_id, updated_at)',
  'create index conversation_app_created_at_idx on conversations (tenant_id, app_id, created_at)',
  'create index message_conversation_id_idx on messages (conversation_id, created_at, id)',
  'create index message_app_id_idx on messages (tenant_id, app_id, created_at)',
  'create index message_file_message_idx on message_files (message_id)',
  'create index message_file_upload_idx on message_files (tenant_id, upload_file_id)',
  `create unique index message_feedback_end_user_unique on message_feedbacks (tenant_id, message_id, from_end_user_id) where from_source = 'user'`,
  `create unique index message_feedback_admin_unique on message_feedbacks (tenant_id, message_id) where from_source = 'admin'`,
  'create index message_feedback_app_idx on message_feedbacks (tenant_id, app_id, created_at)',
  'create index message_feedback_conversation_idx on message_feedbacks (conversation_id, from_source, rating)',
  'create index message_agent_thought_message_id_idx on message_agent_thoughts (message_id)',
];

const NAMES = ['message_agent_thoughts', 'message_feedbacks', 'message_files', 'messages', 'conversations', 'upload_files'];

/** Uploaded files, conversations and their messages with files, feedback and rounds of agents. */
export class ConversationsAndFiles20261123105000 implements MigrationInterface {
  readonly name = 'ConversationsAndFiles20261123105000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(table);
    await createPartitionedTable(runner, 'messages', MESSAGE);
    for (const index of INDEXES) await runner.query(index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of NAMES) await runner.query(`drop table if exists ${name}`);
  }
}
