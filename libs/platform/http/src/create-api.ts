import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HttpConfig, type LoadedConfig, ServerConfig } from '#platform/config';
import { AppLogger, nestLogger, Tracing } from '#platform/telemetry';
import { AccessGuard } from './access/access.guard.js';
import { registerBodyParsers } from './body/json-body.js';
import { RequestPipe } from './body/request.pipe.js';
import { ApiExceptionFilter } from './errors/api-exception.filter.js';
import { Admission } from './pipeline/admission.js';
import { ApiAdapter } from './pipeline/api-adapter.js';
import { RequestPipeline } from './pipeline/request-pipeline.js';
import { verifyRoutes } from './routing/route-inventory.js';

/** How an application is made. */
export interface CreateApiOptions {
  /** The checked configuration, the same that the module's `ConfigModule` provides. */
  config: LoadedConfig;
}

/** Makes the HTTP application of a module that imports `ConfigModule.forRoot(config)`, `TelemetryModule` and `HttpModule`. It is initialised and does not listen yet. */
export async function createApi(module: Type | DynamicModule, { config }: CreateApiOptions): Promise<NestFastifyApplication> {
  const http = config.get(HttpConfig);
  const adapter = ApiAdapter.create(http, config.get(ServerConfig));
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    abortOnError: false,
    bufferLogs: true,
    // A start that fails is told by the program in a few lines; Nest would print all it had buffered above them.
    autoFlushLogs: false,
  });
  app.useLogger(nestLogger(app.get(AppLogger)));
  app.flushLogs();
  verifyRoutes(app);
  await app.get(Tracing).start();
  const pipeline = app.get(RequestPipeline);
  const filter = app.get(ApiExceptionFilter);
  const admission = app.get(Admission);
  const fastify = adapter.getInstance();
  fastify.decorate('uploadLimit', http.uploadLimit);
  registerBodyParsers(fastify);
  await fastify.register(cookie);
  await fastify.register(multipart, { throwFileSizeLimit: true });
  pipeline.install(fastify);
  adapter.useHandlers({
    unrouted: (request, reply) => pipeline.answerUnrouted(request, reply),
    malformed: (error, request, reply) => {
      pipeline.stamp(request, reply);
      filter.answer(error, request, reply);
    },
    methodsOf: (url) => pipeline.methodsOf(url),
    isBusy: () => admission.load.inFlight > 0,
  });
  app.useGlobalGuards(app.get(AccessGuard));
  app.useGlobalPipes(app.get(RequestPipe));
  app.useGlobalFilters(filter);
  admission.start();
  await app.init();
  await fastify.ready();
  return app;
}
