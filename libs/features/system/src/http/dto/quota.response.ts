/** How much of something is used. Without billing the figures limit nothing. */
export class QuotaResponse {
  /** Used. @example 0 */
  size: number;
  /** Allowed. @example 10 */
  limit: number;

  static of(limit: number): QuotaResponse {
    return Object.assign(new QuotaResponse(), { size: 0, limit });
  }
}

/** How much of something is used in a period. Without billing the figures limit nothing. */
export class PeriodQuotaResponse {
  /** Used in this period. @example 0 */
  usage: number;
  /** Allowed in a period. @example 5000 */
  limit: number;
  /** When the period ends; Unix seconds, 0 for never. @example 0 */
  reset_date: number;

  static of(limit: number): PeriodQuotaResponse {
    return Object.assign(new PeriodQuotaResponse(), { usage: 0, limit, reset_date: 0 });
  }
}

/** A limit that may be off. */
export class SwitchedQuotaResponse {
  /** Whether the limit counts. @example false */
  enabled: boolean;
  /** Used. @example 0 */
  size: number;
  /** Allowed. @example 0 */
  limit: number;

  static off(): SwitchedQuotaResponse {
    return Object.assign(new SwitchedQuotaResponse(), { enabled: false, size: 0, limit: 0 });
  }
}
