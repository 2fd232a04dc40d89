import type { MigrationInterface, QueryRunner } from 'typeorm';

const AUTHORS = `
  created_by uuid,
  created_at timestamptz not null,
  updated_by uuid,
  updated_at timestamptz not null`;

const ICON = `
  icon_type varchar(255),
  icon varchar(255),
  icon_background varchar(255)`;

/** Apps with their configurations, public pages, API keys, end users and places on the explore page. */
export class Apps20261123103000 implements MigrationInterface {
  readonly name = 'Apps20261123103000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table apps (
        id uuid primary key,
        tenant_id uuid not null,
        name varchar(255) not null,
        description text not null,
        mode varchar(255) not null,
        ${ICON},
        app_model_config_id uuid,
        workflow_id uuid,
        status varchar(255) not null,
        enable_site boolean not null,
        enable_api boolean not null,
        api_rpm integer not null,
        api_rph integer not null,
        is_demo boolean not null,
        is_public boolean not null,
        is_universal boolean not null,
        tracing text,
        max_active_requests integer,
        use_icon_as_answer_icon boolean not null,
        ${AUTHORS}
      )`);
    await runner.query(`create index app_tenant_id_created_at_idx on apps (tenant_id, created_at, id)`);

    await runner.query(`
      create table app_model_configs (
        id uuid primary key,
        tenant_id uuid not null,
        app_id uuid not null,
        opening_statement text,
        suggested_questions text,
        suggested_questions_after_answer text,
        speech_to_text text,
        text_to_speech text,
        retriever_resource text,
        more_like_this text,
        sensitive_word_avoidance text,
        external_data_tools text,
        model text,
        user_input_form text,
        dataset_query_variable text,
        pre_prompt text,
        agent_mode text,
        prompt_type text,
        chat_prompt_config text,
        completion_prompt_config text,
        dataset_configs text,
        file_upload text,
        ${AUTHORS}
      )`);
    await runner.query(`create index app_model_config_tenant_app_idx on app_model_configs (tenant_id, app_id)`);

    await runner.query(`
      create table sites (
        id uuid primary key,
        tenant_id uuid not null,
        app_id uuid not null,
        title varchar(255) not null,
        ${ICON},
        description text,
        default_language varchar(255) not null,
        chat_color_theme varchar(255),
        chat_color_theme_inverted boolean not null,
        chat_page_background_color varchar(255),
        copyright varchar(255),
        privacy_policy varchar(255),
        default_user_avatar_url varchar(255),
        custom_disclaimer text not null,
        customize_domain varchar(255),
        customize_token_strategy varchar(255) not null,
        enable_homepage boolean not null,
        prompt_public boolean not null,
        show_workflow_steps boolean not null,
        show_answer_disclaimer boolean not null,
        use_icon_as_answer_icon boolean not null,
        status varchar(255) not null,
        code varchar(255) not null,
        ${AUTHORS}
      )`);
    await runner.query(`create unique index site_tenant_app_idx on sites (tenant_id, app_id)`);
    await runner.query(`create unique index site_code_idx on sites (code)`);

    await runner.query(`
      create table api_tokens (
        id uuid primary key,
        tenant_id uuid not null,
        app_id uuid,
        type varchar(16) not null,
        token_hash varchar(128) not null,
        token_sealed text not null,
        last_used_at timestamptz,
        created_at timestamptz not null
      )`);
    await runner.query(`create unique index api_token_hash_idx on api_tokens (token_hash)`);
    await runner.query(`create index api_token_tenant_app_type_idx on api_tokens (tenant_id, app_id, type)`);

    await runner.query(`
      create table end_users (
        id uuid primary key,
        tenant_id uuid not null,
        app_id uuid not null,
        type varchar(255) not null,
        external_user_id varchar(255),
        name varchar(255),
        is_anonymous boolean not null,
        session_id varchar(255) not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      )`);
    await runner.query(`create unique index end_user_tenant_app_session_idx on end_users (tenant_id, app_id, session_id)`);

    await runner.query(`
      create table installed_apps (
        id uuid primary key,
        tenant_id uuid not null,
        app_id uuid not null,
        app_owner_tenant_id uuid not null,
        position integer not null,
        is_pinned boolean not null,
        last_used_at timestamptz,
        created_at timestamptz not null
      )`);
    await runner.query(`create unique index installed_app_tenant_app_idx on installed_apps (tenant_id, app_id)`);
    await runner.query(`create index installed_app_app_idx on installed_apps (app_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['installed_apps', 'end_users', 'api_tokens', 'sites', 'app_model_configs', 'apps'])
      await runner.query(`drop table ${table}`);
  }
}
