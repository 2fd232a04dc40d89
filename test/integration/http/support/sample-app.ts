import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
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

/** Sends bytes on a bare socket and gives all that comes back until the server closes, or until `until` is seen. */
export function rawRequest(port: number, pieces: readonly (string | Buffer)[], until?: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const done = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (until?.test(text)) done();
    });
    socket.on('close', done);
    socket.on('error', (error: NodeJS.ErrnoException) => (['ECONNRESET', 'EPIPE'].includes(error.code ?? '') ? done() : reject(error)));
    for (const piece of pieces) socket.write(piece);
  });
}
