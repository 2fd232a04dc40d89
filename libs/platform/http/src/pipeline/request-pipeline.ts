import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type AppError, uuidv7 } from '#common';
import { HttpConfig, ServerConfig } from '#platform/config';
import { Metrics, requestContext, Tracing } from '#platform/telemetry';
import { disposeForm } from '../body/upload-form.js';
import { ApiExceptionFilter } from '../errors/api-exception.filter.js';
import { ExpectationFailedError, HostHeaderMissingError, MethodNotAllowedError, RouteNotFoundError } from '../errors/http.errors.js';
import { COMPATIBLE_VERSION } from '../product.js';
import { RouteTable } from '../routing/route-table.js';
import type { AmbientContextConfig } from '../routing/ambient-context.decorator.js';
import { surfaceOf } from '../routing/surfaces.js';
import { Admission } from './admission.js';
import { Cors } from './cors.js';
import { HttpMetrics } from './http-metrics.js';

const CONTINUE = /(?:^|\W)100-continue(?:$|\W)/i;
const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** The id of a request: the caller's if it is a decent one, else a new one. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : uuidv7();
}

const pathOf = (url: string): string => {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
};

/** What Node would refuse without a body. */
function headerFault({ httpVersion, headers }: IncomingMessage): AppError | null {
  if (httpVersion !== '1.1') return null;
  if (headers.host === undefined) return new HostHeaderMissingError();
  return headers.expect === undefined || CONTINUE.test(headers.expect) ? null : new ExpectationFailedError();
}

/** What happens to every request before its route and after its answer: headers, CORS, admission, context, measurement. */
@Injectable()
export class RequestPipeline {
  private readonly cors: Cors;
  private readonly routes = new RouteTable();
  private readonly metrics: HttpMetrics | null;

  constructor(
    http: HttpConfig,
    private readonly server: ServerConfig,
    private readonly admission: Admission,
    private readonly filter: ApiExceptionFilter,
    private readonly tracing: Tracing,
    metrics: Metrics,
  ) {
    this.cors = new Cors(http, server);
    this.metrics = metrics.enabled ? new HttpMetrics(metrics, admission) : null;
  }

  /** Hooks into a Fastify instance before its routes are added. */
  install(fastify: FastifyInstance): void {
    fastify.decorateRequest('principal', null);
    fastify.decorateRequest('plan', null);
    fastify.decorateRequest('form', null);
    fastify.decorateRequest('isAdmitted', false);
    fastify.decorateRequest('isFinished', false);
    fastify.decorateRequest('trace', null);
    fastify.decorateRequest('closeContext', null);
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const name of Array.isArray(method) ? method : [method]) this.routes.add(name, url);
    });
    fastify.addHook('onRequest', (request, reply, done) => this.onRequest(request, reply, done));
    fastify.addHook('preHandler', (request, _reply, done) => this.withContext(request, done));
    fastify.addHook('onResponse', (request, reply, done) => {
      this.finish(request, reply);
      done();
    });
  }

  /** Answers a request that no route takes: a preflight, a wrong method, or an unknown path. */
  answerUnrouted(request: FastifyRequest, reply: FastifyReply): void {
    const path = pathOf(request.url);
    const methods = this.routes.methodsOf(path);
    if (methods.length === 0) this.filter.answer(new RouteNotFoundError(), request, reply);
    else if (request.method === 'OPTIONS') this.answerOptions(path, methods, request, reply);
    else this.filter.answer(new MethodNotAllowedError([...methods, 'OPTIONS']), request, reply);
  }

  /** Methods that a path takes; none when no route has it. */
  methodsOf(url: string): string[] {
    const methods = this.routes.methodsOf(pathOf(url));
    return methods.length === 0 ? methods : [...methods, 'OPTIONS'];
  }

  /** Sets the headers that every answer carries. */
  stamp(request: FastifyRequest, reply: FastifyReply): void {
    void reply.header('x-version', COMPATIBLE_VERSION);
    void reply.header('x-env', this.server.deployEnv);
    void reply.header('x-request-id', request.id);
    void reply.header('x-content-type-options', 'nosniff');
    this.cors.apply(surfaceOf(request.url), request, reply);
  }

  private onRequest(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
    this.stamp(request, reply);
    // Fastify's onResponse is silent about answers that the client did not wait for.
    reply.raw.once('close', () => this.finish(request, reply));
    const path = pathOf(request.url);
    const refusal = this.admission.admit(path);
    if (refusal !== null) {
      this.filter.answer(refusal, request, reply);
      return;
    }
    request.isAdmitted = true;
    if (this.tracing.enabled) this.beginTrace(request, reply);
    const malformed = headerFault(request.raw);
    if (malformed !== null) this.filter.answer(malformed, request, reply);
    else if (path.includes('%00')) this.filter.answer(new RouteNotFoundError(), request, reply);
    // Before anything looks at a body: whatever is wrong with it, there is nobody to take it.
    else if (request.is404) this.answerUnrouted(request, reply);
    else done();
  }

  private withContext(request: FastifyRequest, done: () => void): void {
    const { trace } = request;
    const next = trace === null ? done : (): void => trace.within(done);
    const config = request.routeOptions.config as AmbientContextConfig | undefined;
    // A request whose connection closed meanwhile is finished: nobody would close its context.
    if (config?.ambientContext !== false && !request.isFinished)
      request.closeContext = requestContext.open({ requestId: request.id }, next);
    else next();
  }

  /** Called when the answer is out, and when its connection is closed; the first of the two counts. */
  private finish(request: FastifyRequest, reply: FastifyReply): void {
    if (request.isFinished) return;
    request.isFinished = true;
    request.closeContext?.();
    if (request.isAdmitted) this.admission.release();
    if (request.form !== null) void disposeForm(request);
    request.trace?.set({ 'http.response.status_code': reply.statusCode });
    request.trace?.end(reply.statusCode >= 500 ? new Error(String(reply.statusCode)) : undefined);
    this.metrics?.observe(request.method, request.routeOptions.url, reply.statusCode, reply.elapsedTime);
  }

  private beginTrace(request: FastifyRequest, reply: FastifyReply): void {
    const route = request.routeOptions.url ?? 'unknown';
    request.trace = this.tracing.startSpan(
      `${request.method} ${route}`,
      { 'http.request.method': request.method, 'http.route': route },
      request.headers,
    );
    if (request.trace === null) return;
    void reply.header('x-trace-id', request.trace.traceId);
    void reply.header('x-span-id', request.trace.spanId);
  }

  private answerOptions(path: string, methods: readonly string[], request: FastifyRequest, reply: FastifyReply): void {
    this.cors.preflight(surfaceOf(path), request, reply);
    void reply
      .code(200)
      .header('allow', [...methods, 'OPTIONS'].join(', '))
      .header('content-type', 'text/html; charset=utf-8')
      .send('');
  }
}
