import pg from 'pg';
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
