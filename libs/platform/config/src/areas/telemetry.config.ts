import { Env } from '../env.js';
import { flag, httpUrl, integer, oneOf, text } from '../schemas.js';

/** How loud the log is. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** Logs, metrics and traces. */
export class TelemetryConfig {
  /** Lowest level that is written. Prompts, answers and document text appear at debug only, credentials never. */
  @Env(
    'LOG_LEVEL',
    text()
      .transform((value) => value.trim().toLowerCase())
      .transform((value) => (value === 'warning' ? 'warn' : value === 'critical' ? 'fatal' : value))
      .pipe(oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent')),
  )
  logLevel: LogLevel = 'info';
  /** Whether lines are written for eyes instead of JSON; unset: when the output is a terminal. */
  @Env('LOG_PRETTY', flag()) logPretty?: boolean;
  /** Port that serves /metrics and /health of this process alone, on METRICS_HOST; 0 means none. The health check of a worker asks it. Unit: TCP port. */
  @Env('METRICS_PORT', integer(0, 65_535)) metricsPort = 0;
  /** Address METRICS_PORT listens on. */
  @Env('METRICS_HOST', text()) metricsHost = '127.0.0.1';
  /** Bearer token that opens /metrics on the main port; without it the path does not exist there. */
  @Env('METRICS_TOKEN', text(), { secret: true }) metricsToken?: string;
  /** Whether traces are sent although OTEL_EXPORTER_OTLP_ENDPOINT is unset (then to http://localhost:4318). */
  @Env('ENABLE_OTEL', flag()) enableOtel = false;
  /** OTLP endpoint (HTTP) that gets the traces; setting it switches them on. */
  @Env(['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTLP_BASE_ENDPOINT'], httpUrl()) otlpEndpoint = '';
  /** Name of this service in traces. */
  @Env(['OTEL_SERVICE_NAME', 'APPLICATION_NAME'], text()) serviceName = 'baya-api';
  /** Share of the requests that are traced. Unit: percent. */
  @Env('OTEL_SAMPLING_PERCENT', integer(0, 100)) samplingPercent = 100;

  /** Whether traces are made at all. */
  get tracingEnabled(): boolean {
    return this.enableOtel || this.otlpEndpoint !== '';
  }
}
