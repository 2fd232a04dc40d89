import { Env } from '../env.js';
import { flag, integer, text } from '../schemas.js';

/** Where processes meet: jobs, messages, locks, streams. Nothing set: one process does without. */
export class RedisConfig {
  /** Redis 6.2 or newer, as `redis://user:password@host:port/db`. Wins over the REDIS_* variables. */
  @Env('REDIS_URL', text(), { secret: true }) url?: string;
  /** Host of Redis when REDIS_URL is unset. */
  @Env('REDIS_HOST', text()) host?: string;
  /** Port of Redis when REDIS_URL is unset. */
  @Env('REDIS_PORT', integer(1, 65_535)) port = 6379;
  /** User of Redis when REDIS_URL is unset. */
  @Env('REDIS_USERNAME', text()) username?: string;
  /** Password of Redis when REDIS_URL is unset. */
  @Env('REDIS_PASSWORD', text(), { secret: true }) password?: string;
  /** Database number of Redis when REDIS_URL is unset. */
  @Env('REDIS_DB', integer(0, 1000)) db = 0;
  /** Whether Redis is reached over TLS when REDIS_URL is unset. */
  @Env('REDIS_USE_SSL', flag()) useTls = false;
  /** Begins every key and channel, so that several systems can share one Redis. */
  @Env('REDIS_KEY_PREFIX', text()) keyPrefix = 'baya';
  /** Longest wait for Redis before the request is refused with 503. Unit: milliseconds. */
  @Env('REDIS_COMMAND_TIMEOUT_MS', integer(50, 60_000)) commandTimeoutMs = 2000;

  /** Whether a Redis is configured. */
  get isConfigured(): boolean {
    return this.connectionString !== undefined;
  }

  /** The address of Redis, made of either form. */
  get connectionString(): string | undefined {
    if (this.url !== undefined) return this.url;
    if (this.host === undefined) return undefined;
    const credentials =
      this.password === undefined ? '' : `${encodeURIComponent(this.username ?? '')}:${encodeURIComponent(this.password)}@`;
    return `${this.useTls ? 'rediss' : 'redis'}://${credentials}${this.host}:${String(this.port)}/${String(this.db)}`;
  }
}
