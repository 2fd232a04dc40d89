import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  hostDetector,
  processDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, ParentBasedSampler, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-node';
import type { TelemetryConfig } from '#platform/config';

/**
 * Makes the provider of the process: spans leave by OTLP over HTTP, parents arrive by W3C headers. In a file of its own because it loads
 * the SDK, which only a process that traces should pay for. The parts are taken one by one: the SDK's all-in-one package brings
 * metrics, logs, gRPC and Zipkin along.
 */
export function registerTraceProvider(config: TelemetryConfig): NodeTracerProvider {
  const detected = detectResources({ detectors: [envDetector, processDetector, hostDetector] });
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(detected)
      .merge(resourceFromAttributes({ 'service.name': config.serviceName })),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(config.samplingPercent / 100) }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${config.otlpEndpoint || 'http://localhost:4318'}/v1/traces` }))],
  });
  provider.register();
  return provider;
}
