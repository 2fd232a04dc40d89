import type { Tx } from '#platform/database';

/**
 * Small texts with an end: one-time tokens, codes, sign-in states. They survive a restart. Inside a transaction hand its `tx`
 * in: without Redis the values are rows, and a query beside an open transaction never returns on the embedded database.
 */
export abstract class ExpiringStore {
  /** Stores or replaces a value. */
  abstract set(key: string, value: string, ttlSeconds: number, tx?: Tx): Promise<void>;

  /** The value; null when there is none or its time is over. */
  abstract get(key: string, tx?: Tx): Promise<string | null>;

  /** Reads and deletes in one step: of many callers one gets the value, the others null. */
  abstract take(key: string, tx?: Tx): Promise<string | null>;

  /** Deletes; nothing happens when there is no such value. */
  abstract delete(key: string, tx?: Tx): Promise<void>;
}
