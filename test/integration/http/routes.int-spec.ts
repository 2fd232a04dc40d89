import { Controller, Get, Module } from '@nestjs/common';
import { ConfigModule, loadConfig } from '#platform/config';
import { type ConsolePrincipal, createApi, HttpModule, listRoutes, Public, RootController } from '#platform/http';
import { DocsInfo, OpenApiModule } from '#platform/openapi';
import { TelemetryModule } from '#platform/telemetry';
import { type SampleApp, startSampleApp } from './support/sample-app.js';

@RootController('forgotten')
class ForgottenController {
  @Get('route')
  route(): string {
    return '';
  }
}

@Controller('bare')
class BareController {
  @Public()
  @Get()
  route(): string {
    return '';
  }
}

@Public()
@RootController('whole')
class WholeController {
  @Get()
  route(): string {
    return '';
  }
}

const config = loadConfig({ LOG_LEVEL: 'silent' });
const moduleOf = (controller: new () => object) => {
  @Module({ imports: [ConfigModule.forRoot(config), TelemetryModule, HttpModule, OpenApiModule], controllers: [controller] })
  class SampleModule {}
  return SampleModule;
};

describe('routes', () => {
  it('should refuse to start with a route that does not say who may call it', async () => {
    await expect(createApi(moduleOf(ForgottenController), { config })).rejects.toThrow(
      /GET \/forgotten\/route \(ForgottenController\.route\)/,
    );
  });

  it('should refuse to start with a controller of no audience', async () => {
    await expect(createApi(moduleOf(BareController), { config })).rejects.toThrow(/BareController.*@ConsoleController/s);
  });

  it('should take a declaration on the class', async () => {
    const app = await createApi(moduleOf(WholeController), { config });

    expect(listRoutes(app)).toContainEqual(
      expect.objectContaining({ method: 'GET', path: '/whole', audience: 'root', access: { scheme: 'public', options: { setup: false } } }),
    );
    await app.close();
  });

  describe('inventory', () => {
    let sample: SampleApp;
    beforeAll(async () => (sample = await startSampleApp()));
    afterAll(() => sample.app.close());

    it('should tell of each route its method, path, audience and access', () => {
      const routes = listRoutes(sample.app);

      expect(routes.map(({ path }) => path)).toEqual([...routes.map(({ path }) => path)].sort());
      expect(routes).toContainEqual({
        method: 'DELETE',
        path: '/console/api/things/:thing_id',
        audience: 'console',
        access: { scheme: 'console', options: { role: 'owner', setup: true, csrf: true, init: true } },
        uuidParams: ['thing_id'],
        controller: 'ThingsConsoleController',
        handler: 'remove',
      });
      expect(routes).toContainEqual(
        expect.objectContaining({ path: '/v1/runs', access: { scheme: 'app-key', options: { user: 'json', required: false } } }),
      );
    });

    it.each<[string, ConsolePrincipal['role'], number]>([
      ['GET /console/api/things', 'normal', 200],
      ['GET /console/api/things', 'dataset_operator', 200],
      ['POST /console/api/things', 'normal', 403],
      ['POST /console/api/things', 'dataset_operator', 403],
      ['POST /console/api/things', 'editor', 415],
      ['POST /console/api/things', 'owner', 415],
      ['DELETE /console/api/things/018f0000-0000-7000-8000-000000000001', 'admin', 403],
      ['DELETE /console/api/things/018f0000-0000-7000-8000-000000000001', 'owner', 204],
    ])('should answer %s for the role %s with %i', async (route, role, status) => {
      const [method, path] = route.split(' ') as [string, string];

      expect((await fetch(`${sample.url}${path}`, { method, headers: { authorization: `Bearer console-${role}` } })).status).toBe(status);
    });
  });

  describe('documentation', () => {
    it('should serve documents, page, parts and configuration from this server alone', async () => {
      const app = await createApi(moduleOf(WholeController), { config });
      app.get(DocsInfo).provide(async () => ({ serviceApi: 'http://api.example/v1', demoKey: 'app-demo' }));
      const get = async (url: string) => app.inject({ method: 'GET', url });
      const page = await get('/docs');

      expect(page.headers['content-type']).toContain('text/html');
      expect(page.headers['content-security-policy']).toMatch(/default-src 'none'.*connect-src 'self' http:\/\/api\.example;/);
      expect(page.body).not.toMatch(/https?:\/\//);
      expect((await get('/docs/config.json')).json()).toMatchObject({
        demoKey: 'app-demo',
        documents: expect.arrayContaining(['console', 'service']),
      });
      expect((await get('/docs/openapi/service.json')).json()).toMatchObject({ openapi: '3.1.0' });
      for (const part of ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png', 'docs.js'])
        expect((await get(`/docs/assets/${part}`)).statusCode).toBe(200);
      for (const path of [
        'openapi/..%2f..%2fpackage.json',
        'openapi/other.json',
        'assets/index.js',
        'assets/..%2fpackage.json',
        'assets/constructor',
        'assets/__proto__',
      ])
        expect((await get(`/docs/${path}`)).statusCode).toBe(404);
      await app.close();
    });
  });
});
