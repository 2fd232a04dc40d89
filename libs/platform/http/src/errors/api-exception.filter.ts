import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppError } from '#common';
import { AppLogger } from '#platform/telemetry';
import { errorBodyOf, NOT_FOUND_PAGE, withErrorObject } from './error-body.js';
import { RouteNotFoundError } from './http.errors.js';
import { toAppError } from './to-app-error.js';

/** The one place where errors become answers. */
@Catch()
export class ApiExceptionFilter implements ExceptionFilter {
  private readonly log: AppLogger;

  constructor(logger: AppLogger) {
    this.log = logger.scoped('http');
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Answers a request with an error; after the first byte of an answer it can only end the connection. */
  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const error = toAppError(thrown);
    this.report(error, request);
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    for (const [name, value] of Object.entries(error.headers ?? {})) void reply.header(name, value);
    if (error instanceof RouteNotFoundError) {
      void reply.code(error.status).header('content-type', 'text/html; charset=utf-8').send(NOT_FOUND_PAGE);
      return;
    }
    const isSetup = request.plan?.errors === 'with-error-object';
    const { status, body } = isSetup ? withErrorObject(error) : { status: error.status, body: errorBodyOf(error) };
    void reply.code(status).header('content-type', 'application/json').send(JSON.stringify(body));
  }

  private report(error: AppError, request: FastifyRequest): void {
    const facts = {
      requestId: request.id,
      ...tenantOf(request),
      method: request.method,
      route: request.routeOptions.url,
      status: error.status,
      code: error.code,
    };
    if (error.family === 'unexpected') this.log.error('request failed', { ...facts, error: error.cause ?? error });
    else if (error.family === 'operational') this.log.warn('request not served', { ...facts, error: error.cause ?? error });
    else this.log.info('request refused', facts);
  }
}

/** The workspace of a request that got as far as to have one; a path that can't even be read leaves nothing set. */
function tenantOf(request: { principal?: FastifyRequest['principal'] }): { tenantId?: string } {
  const { principal } = request;
  return principal && 'tenantId' in principal ? { tenantId: principal.tenantId } : {};
}
