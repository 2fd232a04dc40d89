import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type * as Otel from '@opentelemetry/api';
import type { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { TelemetryConfig } from '#platform/config';

/** Attributes of a span: names of ours, ids and numbers; no texts of users. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** A piece of work that is being traced. */
export interface TraceSpan {
  /** Id of the trace, 32 hexadecimal digits. */
  readonly traceId: string;
  /** Id of the span, 16 hexadecimal digits. */
  readonly spanId: string;
  set(attributes: SpanAttributes): void;
  /** Ends the span; with an error it counts as failed. */
  end(error?: unknown): void;
  /** Runs work as part of the span. */
  within<T>(work: () => T): T;
}

/** OpenTelemetry by switch: nothing of it is loaded unless ENABLE_OTEL or OTEL_EXPORTER_OTLP_ENDPOINT is set. */
@Injectable()
export class Tracing implements OnApplicationShutdown {
  private api: typeof Otel | null = null;
  private provider: NodeTracerProvider | null = null;

  constructor(private readonly config: TelemetryConfig) {}

  /** Whether spans are made. */
  get enabled(): boolean {
    return this.api !== null;
  }

  /** Loads and starts the SDK if the configuration wants it. Called once, before the process takes work. */
  async start(): Promise<void> {
    if (!this.config.tracingEnabled || this.api !== null) return;
    const [api, { registerTraceProvider }] = await Promise.all([import('@opentelemetry/api'), import('./trace-provider.js')]);
    this.provider = registerTraceProvider(this.config);
    this.api = api;
  }

  /** Starts a span below the current one, or below the caller's `traceparent` header. Null while tracing is off. */
  startSpan(name: string, attributes: SpanAttributes = {}, headers?: Readonly<Record<string, unknown>>): TraceSpan | null {
    const { api } = this;
    if (api === null) return null;
    const parent = headers ? api.propagation.extract(api.context.active(), headers) : api.context.active();
    const span = api.trace
      .getTracer('baya')
      .startSpan(name, { kind: headers ? api.SpanKind.SERVER : api.SpanKind.INTERNAL, attributes: { ...attributes } }, parent);
    return wrap(api, span, api.trace.setSpan(parent, span));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.provider?.shutdown().catch(() => undefined);
  }
}

function wrap(api: typeof Otel, span: Otel.Span, context: Otel.Context): TraceSpan {
  const { traceId, spanId } = span.spanContext();
  return {
    traceId,
    spanId,
    set: (attributes) => void span.setAttributes({ ...attributes }),
    end: (error) => {
      if (error !== undefined) span.setStatus({ code: api.SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' });
      span.end();
    },
    within: (work) => api.context.with(context, work),
  };
}
