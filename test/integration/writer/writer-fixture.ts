import { NIL_UUID, uuidv7 } from '#common';
import type { OpenedDatabase, RowOp, Sql } from '#platform/database';

/** A run of a test: its ids and the rows it writes. */
export interface TestRun {
  id: string;
  messageId: string;
  start(values?: Record<string, unknown>): { runId: string; fence: number; start: true; rows: RowOp[] };
  end(values?: Record<string, unknown>, fence?: number): { runId: string; fence: number; rows: RowOp[] };
}

/** Makes a table beside the ledger, and registers both with the writer. */
export async function prepareTables({ sql, writerTables }: OpenedDatabase): Promise<void> {
  await sql.run(
    "create table answers (id uuid primary key, run_id uuid not null, answer text not null default 'none yet', details jsonb, tokens integer check (tokens >= 0), price numeric, at timestamptz)",
  );
  writerTables.register({
    table: 'answers',
    columns: { run_id: 'uuid', answer: 'text', details: 'jsonb', tokens: 'int', price: 'numeric', at: 'timestamptz' },
  });
  writerTables.register({
    table: 'app_runs',
    columns: {
      tenant_id: 'uuid',
      app_id: 'uuid',
      mode: 'varchar',
      subject_id: 'uuid',
      principal: 'varchar',
      state: 'varchar',
      outcome: 'varchar',
      owner: 'uuid',
      fence: 'int',
      deadline: 'timestamptz',
      finished_at: 'timestamptz',
    },
  });
}

export function testRun(): TestRun {
  const [id, messageId] = [uuidv7(), uuidv7()];
  const ledger = {
    id,
    tenant_id: NIL_UUID,
    app_id: NIL_UUID,
    mode: 'chat',
    subject_id: messageId,
    principal: 'account:1',
    state: 'running',
    owner: NIL_UUID,
    fence: 1,
    deadline: new Date(),
  };
  return {
    id,
    messageId,
    start: (values = {}) => ({
      runId: id,
      fence: 1,
      start: true,
      rows: [
        { table: 'app_runs', op: 'insert', row: ledger },
        { table: 'answers', op: 'insert', row: { id: messageId, run_id: id, ...values } },
      ],
    }),
    end: (values = { answer: 'done' }, fence = 1) => ({
      runId: id,
      fence,
      rows: [
        { table: 'answers', op: 'patch', row: { id: messageId, ...values } },
        { table: 'app_runs', op: 'patch', row: { id, state: 'finished', outcome: 'succeeded', finished_at: new Date() } },
      ],
    }),
  };
}

/** What is stored of a run. */
export async function stored(sql: Sql, run: TestRun): Promise<{ state: string | null; answer: string | null }> {
  const row = await sql.row<{ state: string | null; answer: string | null }>(
    'select (select state from app_runs where id = $1) as state, (select answer from answers where id = $2) as answer',
    [run.id, run.messageId],
  );
  return row ?? { state: null, answer: null };
}
