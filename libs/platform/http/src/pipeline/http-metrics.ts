import type { Metrics } from '#platform/telemetry';
import type { Admission } from './admission.js';

const BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Counts and times requests by route pattern, never by path. */
export class HttpMetrics {
  private readonly duration;

  constructor(metrics: Metrics, admission: Admission) {
    this.duration = metrics.histogram({
      name: 'baya_http_request_duration_seconds',
      help: 'Time from the first header to the end of the answer.',
      labels: ['method', 'route', 'status'],
      buckets: BUCKETS,
    });
    metrics.gauge({ name: 'baya_http_requests_in_flight', help: 'Requests in progress, streams included.' }, (gauge) =>
      gauge.set(admission.load.inFlight),
    );
  }

  /** Takes one answered request. Unit of `elapsedMs`: milliseconds. */
  observe(method: string, route: string | undefined, status: number, elapsedMs: number): void {
    this.duration.observe({ method, route: route ?? 'none', status: String(status) }, elapsedMs / 1000);
  }
}
