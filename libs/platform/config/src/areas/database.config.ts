import { Env } from '../env.js';
import { integer, text } from '../schemas.js';

/** Where the rows are. Nothing set: the embedded database in DATA_DIR. */
export class DatabaseConfig {
  /** PostgreSQL 15 or newer, as `postgres://user:password@host:port/database`. Wins over the DB_* variables. */
  @Env(['DATABASE_URL', 'SQLALCHEMY_DATABASE_URI'], text(), { secret: true }) url?: string;
  /** Host of PostgreSQL when DATABASE_URL is unset. */
  @Env('DB_HOST', text()) host?: string;
  /** Port of PostgreSQL when DATABASE_URL is unset. */
  @Env('DB_PORT', integer(1, 65_535)) port = 5432;
  /** User of PostgreSQL when DATABASE_URL is unset. */
  @Env('DB_USERNAME', text()) username = 'postgres';
  /** Password of PostgreSQL when DATABASE_URL is unset. */
  @Env('DB_PASSWORD', text(), { secret: true }) password?: string;
  /** Database of PostgreSQL when DATABASE_URL is unset. */
  @Env('DB_DATABASE', text()) database = 'dify';
  /** Most connections this process opens to PostgreSQL; three of them are kept for the run writer and the heartbeat. */
  @Env(['DB_POOL_SIZE', 'SQLALCHEMY_POOL_SIZE'], integer(5, 500)) poolSize = 20;
  /** Longest wait for a free connection before the request is refused with 503. Unit: milliseconds. */
  @Env('DB_POOL_TIMEOUT_MS', integer(100, 120_000)) poolTimeoutMs = 5000;
  /** Longest wait for the answer to one statement before the request is refused with 503. Unit: milliseconds. */
  @Env('DB_QUERY_TIMEOUT_MS', integer(1000, 600_000)) queryTimeoutMs = 15_000;
  /** Most rows of runs that wait to be written; the starts of further runs are refused with 503. */
  @Env('RUN_WRITER_QUEUE_ROWS', integer(100, 1_000_000)) writerQueueRows = 20_000;
  /** How long the end of a run waits for a database that does not answer; starts wait for DB_POOL_TIMEOUT_MS. Unit: milliseconds. */
  @Env('RUN_WRITER_PATIENCE_MS', integer(0, 600_000)) writerPatienceMs = 60_000;

  /** Whether a PostgreSQL outside this process is configured. */
  get isExternal(): boolean {
    return this.url !== undefined || this.host !== undefined;
  }

  /** The address of that PostgreSQL, made of either form. */
  get connectionString(): string | undefined {
    if (this.url !== undefined) return this.url.replace(/^postgresql\+\w+:/, 'postgresql:');
    if (this.host === undefined) return undefined;
    const password = this.password === undefined ? '' : `:${encodeURIComponent(this.password)}`;
    return `postgres://${encodeURIComponent(this.username)}${password}@${this.host}:${String(this.port)}/${encodeURIComponent(this.database)}`;
  }
}
