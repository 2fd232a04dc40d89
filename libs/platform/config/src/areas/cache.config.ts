import { Env } from '../env.js';
import { integer } from '../schemas.js';

/** The cache of look-ups in the memory of each process: keys, apps, models, providers. */
export class CacheConfig {
  /** Most entries; the least recently used one leaves first. */
  @Env('CACHE_MAX_ENTRIES', integer(1, 10_000_000)) maxEntries = 20_000;
  /** Most memory of all entries together, estimated. Unit: bytes. */
  @Env('CACHE_MAX_BYTES', integer(1024)) maxBytes = 64 * 1024 * 1024;
  /** How long an entry is believed without being read again. Unit: seconds. */
  @Env('CACHE_TTL_SECONDS', integer(1, 3600)) ttlSeconds = 30;
}
