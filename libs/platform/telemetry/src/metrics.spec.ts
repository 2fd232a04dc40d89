import { TelemetryConfig } from '#platform/config';
import { Metrics } from './metrics.js';
import { MetricsServer } from './metrics-server.js';
import { Tracing } from './tracing.js';

describe('Metrics', () => {
  it('should be off unless a port or a token lets somebody read them', () => {
    expect(new Metrics(new TelemetryConfig()).enabled).toBe(false);
    expect(new Metrics(Object.assign(new TelemetryConfig(), { metricsToken: 'x' })).enabled).toBe(true);
  });

  it('should serve the registered metrics and the health of the process on a port of their own, and nothing else', async () => {
    const config = new TelemetryConfig();
    const metrics = new Metrics(config);
    metrics.counter({ name: 'baya_things_total', help: 'Things.', labels: ['kind'] }).inc({ kind: 'a' }, 2);
    const server = new MetricsServer(config, metrics);
    const port = await server.listen(0);

    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    const health = await fetch(`http://127.0.0.1:${port}/health`);
    const other = await fetch(`http://127.0.0.1:${port}/`);
    await server.onApplicationShutdown();

    expect(await answer.text()).toContain('baya_things_total{kind="a"} 2');
    expect([health.status, await health.json()]).toEqual([200, { pid: process.pid, status: 'ok' }]);
    expect(other.status).toBe(404);
  });
});

describe('Tracing', () => {
  it('should make no span and load nothing while it is off', async () => {
    const tracing = new Tracing(new TelemetryConfig());
    await tracing.start();

    expect(tracing.enabled).toBe(false);
    expect(tracing.startSpan('x')).toBeNull();
  });

  it('should continue the trace of a caller', async () => {
    const tracing = new Tracing(Object.assign(new TelemetryConfig(), { enableOtel: true, otlpEndpoint: 'http://127.0.0.1:1' }));
    await tracing.start();
    const span = tracing.startSpan('GET /x', {}, { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00' });
    span?.end();
    await tracing.onApplicationShutdown();

    expect(span?.traceId).toBe('0af7651916cd43dd8448eb211c80319c');
  });
});
