import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig } from '#platform/config';
import { createApi } from '#platform/http';
import { sampleModule } from './sample.module.js';

/** The sample application on a port the system chose. */
export interface SampleApp {
  app: NestFastifyApplication;
  port: number;
  url: string;
}

export async function startSampleApp(env: Record<string, string> = {}): Promise<SampleApp> {
  const config = loadConfig({ LOG_LEVEL: 'silent', HTTP_MAX_EVENT_LOOP_LAG_MS: '0', ...env });
  const app = await createApi(sampleModule(config), { config });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, port, url: `http://127.0.0.1:${port}` };
}
