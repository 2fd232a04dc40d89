/** How a lock is taken. */
export interface LockOptions {
  /** How long a holder that died keeps others out; a living one renews it by itself. Unit: milliseconds. */
  ttlMs: number;
  /** How long to wait for the lock; 0 tries once. Unit: milliseconds. */
  waitMs: number;
}

/** Mutual exclusion among all processes. A lock saves double work; what must be exact is guarded by a row or a fence as well. */
export abstract class Locks {
  /**
   * Runs the work while holding the lock. The signal fires when the lock could not be renewed and may belong to somebody else.
   * @throws LockBusyError after waitMs; UnavailableError `redis_unavailable` when the lock can't be asked for.
   */
  abstract with<T>(key: string, options: LockOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}
