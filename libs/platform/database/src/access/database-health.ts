import pg from 'pg';

/** What a look at the database found. */
export interface DatabaseHealthReport {
  /** Whether a statement was answered in time. */
  isUp: boolean;
  /** How long it took. Unit: milliseconds. */
  latencyMs: number;
  /** Why not, in words for an operator; absent when up. */
  problem?: string;
}

const DEADLINE_MS = 2000;

/** Answers whether the database answers. Uses a connection of its own, so that a full pool does not look like a dead database. */
export class DatabaseHealth {
  private checking: Promise<DatabaseHealthReport> | null = null;

  constructor(private readonly connection: pg.ClientConfig) {}

  /** Sends one small statement; never throws, and answers within about two seconds. Callers at the same time share one look. */
  check(): Promise<DatabaseHealthReport> {
    this.checking ??= this.look().finally(() => (this.checking = null));
    return this.checking;
  }

  private async look(): Promise<DatabaseHealthReport> {
    const since = performance.now();
    const client = new pg.Client({ ...this.connection, connectionTimeoutMillis: DEADLINE_MS, query_timeout: DEADLINE_MS });
    // Without a listener an error of the socket after the answer would end the process.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return { isUp: true, latencyMs: performance.now() - since };
    } catch (error) {
      return { isUp: false, latencyMs: performance.now() - since, problem: (error as Error).message };
    } finally {
      void client.end().catch(() => undefined);
    }
  }
}
