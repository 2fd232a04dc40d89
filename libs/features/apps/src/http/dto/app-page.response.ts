import type { AppPartialResponse } from './app.response.js';

/** One page of apps. */
export class AppPageResponse {
  /** Number of this page, from 1. */
  page: number;
  /** Apps asked for. */
  limit: number;
  /** Apps on all pages. */
  total: number;
  /** Whether a later page has apps. */
  has_more: boolean;
  data: AppPartialResponse[];
}

/** Whether runs of an app are traced. */
export class AppTraceResponse {
  enabled: boolean;
  /** The tracing service. */
  tracing_provider: string | null;
}
