import type { AppPartialResponse } from './app.response.js';

/** One page of apps. */
export class AppPageResponse {
  /** Number of this page, from 1. @example 1 */
  page: number;
  /** Apps asked for. @example 20 */
  limit: number;
  /** Apps on all pages. @example 1 */
  total: number;
  /** Whether a later page has apps. */
  has_more: boolean;
  /** The apps, newest first. */
  data: AppPartialResponse[];
}

/** Whether runs of an app are traced. */
export class AppTraceResponse {
  /** Whether its runs are traced. */
  enabled: boolean;
  /** The tracing service. @example langfuse */
  tracing_provider: string | null;
}
