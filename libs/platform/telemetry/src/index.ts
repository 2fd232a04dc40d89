export { AppLogger, type AppLoggerOptions, type LogFields } from './app-logger.js';
export { type MetricOptions, Metrics } from './metrics.js';
export { MetricsServer } from './metrics-server.js';
export { maskLine } from './redaction.js';
export { nestLogger } from './nest-logger.js';
export { type RequestContext, requestContext } from './request-context.js';
export { TelemetryModule } from './telemetry.module.js';
export { type SpanAttributes, type TraceSpan, Tracing } from './tracing.js';
