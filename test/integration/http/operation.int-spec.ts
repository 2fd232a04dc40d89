import { Admission, ReadinessProbes } from '#platform/http';
import { rawRequest } from '../../support/raw-request.js';
import { type SampleApp, startSampleApp } from './support/sample-app.js';
import { streams } from './support/sample.module.js';

describe('operation of the HTTP server', () => {
  let sample: SampleApp;
  const start = async (env: Record<string, string> = {}) => (sample = await startSampleApp(env));
  afterEach(() => sample.app.close());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${sample.url}${path}`, { headers });

  describe('readiness', () => {
    it('should be ready while every dependency answers, and name each', async () => {
      await start();
      sample.app.get(ReadinessProbes).register('database', async () => undefined);
      const response = await get('/ready');

      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({
        status: 'ok',
        dependencies: [{ name: 'database', status: 'ok', required: true, ms: expect.any(Number) }],
      });
    });

    it('should be red when one fails or hangs', async () => {
      await start({ READINESS_TIMEOUT_MS: '50' });
      const probes = sample.app.get(ReadinessProbes);
      probes.register('database', async () => undefined);
      probes.register('redis', async () => Promise.reject(new Error('down')));
      probes.register('vectors', () => new Promise(() => undefined));
      const response = await get('/ready');

      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({
        status: 'unavailable',
        dependencies: [{ status: 'ok' }, { name: 'redis', status: 'unavailable' }, { name: 'vectors', status: 'unavailable' }],
      });
    });

    it('should stay ready without a dependency that it can do without, and tell it', async () => {
      await start();
      sample.app.get(ReadinessProbes).register('mail', async () => Promise.reject(new Error('down')), { isRequired: false });
      const response = await get('/ready');

      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({
        status: 'ok',
        dependencies: [{ name: 'mail', status: 'unavailable', required: false }],
      });
    });

    it('should refuse two probes of one name', async () => {
      await start();
      const probes = sample.app.get(ReadinessProbes);
      probes.register('database', async () => undefined);

      expect(() => probes.register('database', async () => undefined)).toThrow('database');
    });
  });

  describe('metrics', () => {
    it('should be for those who know the token', async () => {
      await start({ METRICS_TOKEN: 't0ken' });
      await get('/api/site?secret=user-data');
      const open = await get('/metrics', { authorization: 'Bearer t0ken' });
      const text = await open.text();

      expect((await get('/metrics')).status).toBe(404);
      expect((await get('/metrics', { authorization: 'Bearer other' })).status).toBe(404);
      expect(text).toContain('baya_http_request_duration_seconds_count{method="GET",route="/api/site",status="200"} 1');
      expect(text).not.toContain('user-data');
    });
  });

  describe('admission', () => {
    it('should answer 503 with Retry-After under lag, except for health and stop', async () => {
      await start({ HTTP_MAX_EVENT_LOOP_LAG_MS: '250' });
      const admission = sample.app.get(Admission);
      const late = () => {
        admission.observe(900);
        admission.observe(900);
      };
      late();
      const refused = await get('/api/site');
      late();
      const health = await get('/health');
      late();
      const stop = await fetch(`${sample.url}/v1/runs/t/stop`, { method: 'POST', headers: { authorization: 'Bearer app-good' } });
      admission.observe(0);

      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toBe('2');
      expect(await refused.json()).toMatchObject({ code: 'server_busy', status: 503 });
      expect([health.status, stop.status]).toEqual([200, 200]);
      expect((await get('/api/site')).status).toBe(200);
    });

    it('should take one late sample as a pause', async () => {
      await start({ HTTP_MAX_EVENT_LOOP_LAG_MS: '250' });
      sample.app.get(Admission).observe(900);

      expect((await get('/api/site')).status).toBe(200);
    });

    it('should bound the requests in progress and count every one out again', async () => {
      await start({ HTTP_MAX_IN_FLIGHT: '2' });
      const admission = sample.app.get(Admission);
      const leave = new AbortController();
      streams.source = async function* (signal) {
        yield [{ id: '1-1', text: 'data: {}\n\n' }];
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      };
      const parked = () =>
        fetch(`${sample.url}/v1/runs/stream`, { method: 'POST', headers: { authorization: 'Bearer app-good' }, signal: leave.signal });
      await Promise.all([parked(), parked()]);
      const refused = await get('/api/site');
      const health = await get('/health');
      leave.abort();

      expect([refused.status, health.status]).toEqual([503, 200]);
      await vi.waitFor(() => expect(admission.load.inFlight).toBe(0));
      await get('/nowhere');
      await get('/%zz');
      await get('/api/site');
      await vi.waitFor(() => expect(admission.load.inFlight).toBe(0));
    });
  });

  describe('traces', () => {
    it('should name the trace of the caller in every answer while tracing is on', async () => {
      await start({ ENABLE_OTEL: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' });
      const trace = '0af7651916cd43dd8448eb211c80319c';

      expect((await get('/api/site', { traceparent: `00-${trace}-b7ad6b7169203331-01` })).headers.get('x-trace-id')).toBe(trace);
      expect((await get('/nowhere')).headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
    });

    it('should name none while it is off', async () => {
      await start();

      expect((await get('/api/site')).headers.has('x-trace-id')).toBe(false);
    });
  });

  describe('proxies', () => {
    const forwarded = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'baya.example' };

    it('should not believe X-Forwarded headers of strangers', async () => {
      await start();

      expect(await (await get('/api/site', forwarded)).json()).toEqual({ ip: '127.0.0.1', origin: sample.url });
    });

    it('should believe those of trusted proxies', async () => {
      await start({ TRUSTED_PROXIES: '127.0.0.0/8' });

      expect(await (await get('/api/site', forwarded)).json()).toEqual({ ip: '203.0.113.9', origin: 'https://baya.example' });
    });

    it('should not make links out of a host that is none', async () => {
      await start();
      const text = await rawRequest(sample.port, ['GET /api/site HTTP/1.1\r\nhost: evil"><script>\r\nconnection: close\r\n\r\n']);

      expect(text).toContain('"origin":"http://localhost"');
    });
  });
});
