/** How often something may happen. */
export interface RateLimit {
  /** Hits allowed in one window. */
  limit: number;
  /** Length of the window, which begins with its first hit. Unit: seconds. */
  windowSeconds: number;
}

/** What a hit brought. */
export interface RateLimitResult {
  /** Whether this hit was within the limit. */
  allowed: boolean;
  /** Hits in this window, this one included. */
  count: number;
  /** Time until the window ends. Unit: whole seconds, at least 1. */
  resetSeconds: number;
}

/** Counters of hits in fixed windows, shared by all processes. Embedded they are lost with the process. */
export abstract class RateLimits {
  /** Counts a hit. @throws UnavailableError `redis_unavailable`. */
  abstract hit(key: string, limit: RateLimit): Promise<RateLimitResult>;

  /** Hits of the current window; 0 when there is none. @throws UnavailableError `redis_unavailable`. */
  abstract count(key: string): Promise<number>;

  /** Forgets all hits of a key. @throws UnavailableError `redis_unavailable`. */
  abstract clear(key: string): Promise<void>;
}
