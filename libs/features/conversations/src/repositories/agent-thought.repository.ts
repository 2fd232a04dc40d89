import { Injectable } from '@nestjs/common';
import type { Json } from '#common';
import { Sql } from '#platform/database';
import type { AgentThought } from '../message.js';

interface Row {
  id: string;
  message_id: string;
  message_chain_id: string | null;
  position: number;
  thought: string | null;
  tool: string | null;
  tool_labels_str: string;
  tool_input: string | null;
  observation: string | null;
  message_files: string | null;
  created_at: Date;
}

/** Rows of `message_agent_thoughts`. */
@Injectable()
export class AgentThoughtRepository {
  constructor(private readonly sql: Sql) {}

  /** Rounds of some messages, in their order. */
  async listOf(tenantId: string, messageIds: readonly string[]): Promise<AgentThought[]> {
    if (messageIds.length === 0) return [];
    const rows = await this.sql.rows<Row>(
      `select id, message_id, message_chain_id, position, thought, tool, tool_labels_str, tool_input, observation, message_files, created_at
       from message_agent_thoughts where tenant_id = $1 and message_id = any($2::uuid[]) order by position, id`,
      [tenantId, messageIds],
    );
    return rows.map((row) => ({
      id: row.id,
      messageId: row.message_id,
      messageChainId: row.message_chain_id,
      position: row.position,
      thought: row.thought,
      tool: row.tool,
      toolLabels: JSON.parse(row.tool_labels_str) as Record<string, Json>,
      toolInput: row.tool_input,
      observation: row.observation,
      files: row.message_files === null ? [] : (JSON.parse(row.message_files) as string[]),
      createdAt: row.created_at,
    }));
  }
}
