import { jobQueues } from '../contract/job-queues.js';

/** Sends statements: a connection of `pg`, or anything like it. Several statements may come in one text without values. */
export interface JobsConnection {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/**
 * Makes the tables and queues of the embedded jobs where they are missing. A queue takes 40 ms, so the prepared data directory is
 * made with them; a start then costs one query.
 */
export async function prepareJobs(connection: JobsConnection): Promise<void> {
  const missing = await missingQueues(connection);
  if (missing.length === 0) return;
  const { default: PgBoss } = await import('pg-boss');
  const db = { executeSql: (text: string, values?: unknown[]) => connection.query(text, values) as Promise<{ rows: never[] }> };
  const boss = new PgBoss({ db, supervise: false, schedule: false });
  await boss.start();
  for (const queue of missing) await boss.createQueue(queue);
  await boss.stop({ graceful: false });
}

async function missingQueues(connection: JobsConnection): Promise<string[]> {
  const { rows: tables } = await connection.query(`select to_regclass('pgboss.queue') is not null as exists`);
  if ((tables[0] as { exists: boolean } | undefined)?.exists !== true) return [...jobQueues];
  const { rows } = await connection.query('select name from pgboss.queue');
  const existing = new Set(rows.map((row) => (row as { name: string }).name));
  return jobQueues.filter((queue) => !existing.has(queue));
}
