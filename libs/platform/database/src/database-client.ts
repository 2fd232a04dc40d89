import pg from 'pg';
import { mapDatabaseError } from './database.errors.js';
import type { StatementCounter } from './statement-counter.js';

/** `pg` throws this text when `query_timeout` passes. */
const READ_TIMEOUT = 'Query read timeout';

/** What of `pg.Client` is wrapped: one method with many overloads, of which the promise form matters here. */
type QueryMethod = (...args: unknown[]) => unknown;

/**
 * The class of connections for a pool: counts statements, and closes a connection whose answer did not come in time.
 * Without the latter the pool would lend a connection that still waits for the old answer.
 */
export function countingClient(counter: StatementCounter): typeof pg.Client {
  class CountingClient extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super(config);
      const send = this.query.bind(this) as QueryMethod;
      const destroy = (): void => (this as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      const counted: QueryMethod = (...args) => {
        counter.count();
        const result = send(...args);
        if (result instanceof Promise)
          result.catch((error: unknown) => (error instanceof Error && error.message === READ_TIMEOUT ? destroy() : undefined));
        return result;
      };
      this.query = counted as typeof this.query;
    }
  }
  return CountingClient;
}

type ConnectCallback = Parameters<pg.Pool['connect']>[0];

/** A pool whose failures to connect are 503 errors, whoever asked: also TypeORM's repositories, which hand them on as they are. */
class ReportingPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    if (callback) {
      super.connect((error, client, done) => callback(mapDatabaseError(error) as Error | undefined, client, done));
      return undefined;
    }
    return super.connect().catch((error: unknown) => {
      throw mapDatabaseError(error);
    });
  }
}

/** `pg` with that pool in it, as TypeORM takes a driver. */
export const reportingDriver: typeof pg = Object.assign(Object.create(pg) as typeof pg, { Pool: ReportingPool });
