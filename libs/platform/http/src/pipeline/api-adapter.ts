import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpConfig, ServerConfig } from '#platform/config';
import { answerClientError, answerConnect, type ClientError } from './client-error.js';
import { parseQuery } from './query.js';
import { requestIdOf } from './request-pipeline.js';
import { rewriteProviderIds } from './rewrite-url.js';

const NO_CONTENT = 204;
const MAX_HEADER_BYTES = 32 * 1024;
const MAX_PARAM_LENGTH = 8192;
/** How often Node looks for requests and headers that are late. Unit: milliseconds. */
const LATENESS_CHECK_MS = 1000;
/** Unit: milliseconds. */
const IDLE_SWEEP_MS = 50;

/** What answers requests that reach no route; set once the application is there. */
export interface UnroutedHandlers {
  /** The path is unknown, or known with other methods. */
  unrouted(request: FastifyRequest, reply: FastifyReply): void;
  /** The router can't even read the path, such as one with `%zz`. No hook has seen the request. */
  malformed(error: unknown, request: FastifyRequest, reply: FastifyReply): void;
  /** Methods that a path takes, for requests with a method that HTTP does not know; none when no route has it. */
  methodsOf(url: string): string[];
  /** Whether an answer is still under way. */
  isBusy(): boolean;
}

/** Nest's Fastify adapter, less what is not used (Express middleware) and with our answers for unknown paths. */
export class ApiAdapter extends FastifyAdapter {
  private constructor(
    options: object,
    private readonly handlers: { current: UnroutedHandlers | null },
  ) {
    super(options);
  }

  /** Makes the adapter of an application. */
  static create(http: HttpConfig, server: ServerConfig): ApiAdapter {
    const handlers: { current: UnroutedHandlers | null } = { current: null };
    const options = {
      skipMiddie: true,
      bodyLimit: http.bodyLimit,
      trustProxy: server.trustedProxies.length > 0 ? server.trustedProxies : false,
      genReqId: requestIdOf,
      requestIdHeader: false,
      rewriteUrl: rewriteProviderIds,
      requestTimeout: http.requestTimeoutMs,
      keepAliveTimeout: http.keepAliveTimeoutMs,
      return503OnClosing: false,
      forceCloseConnections: 'idle',
      http: {
        maxHeaderSize: MAX_HEADER_BYTES,
        headersTimeout: http.headersTimeoutMs,
        connectionsCheckingInterval: LATENESS_CHECK_MS,
        // The pipeline asks for it, and says so.
        requireHostHeader: false,
      },
      clientErrorHandler: (error: ClientError, socket: Socket) =>
        answerClientError(error, socket, (url) => handlers.current?.methodsOf(url) ?? []),
      frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => handlers.current?.malformed(error, request, reply),
      routerOptions: { maxParamLength: MAX_PARAM_LENGTH, ignoreDuplicateSlashes: true, querystringParser: parseQuery },
    };
    const adapter = new ApiAdapter(options, handlers);
    const httpServer = adapter.getHttpServer<Server>();
    // An expectation that is none of HTTP's: the pipeline refuses it.
    httpServer.on('checkExpectation', (request, response) => httpServer.emit('request', request, response));
    httpServer.on('connect', (_request, socket) => answerConnect(socket as Socket));
    return adapter;
  }

  /** Sets what answers requests without a route. */
  useHandlers(handlers: UnroutedHandlers): void {
    this.handlers.current = handlers;
  }

  /** Nest would answer with a JSON body of its own. */
  override setNotFoundHandler(): ReturnType<FastifyAdapter['setNotFoundHandler']> {
    return this.getInstance().setNotFoundHandler((request, reply) => this.handlers.current?.unrouted(request, reply));
  }

  /**
   * The server waits for its connections, and Node closes only those that are idle at that moment and have carried a request
   * before: later idle ones and fresh ones would hold the stop up until their keep-alive ends.
   */
  override async close(): Promise<void> {
    const server = this.getHttpServer<Server>();
    const sweep = setInterval(
      () => (this.handlers.current?.isBusy() ? server.closeIdleConnections() : server.closeAllConnections()),
      IDLE_SWEEP_MS,
    );
    try {
      await super.close();
    } finally {
      clearInterval(sweep);
    }
  }

  /** A handler that streamed its answer, or sent it by hand, has nothing left to answer. */
  override reply(response: FastifyReply, body: unknown, statusCode?: number): ReturnType<FastifyAdapter['reply']> {
    const isAnswered = 'sent' in response && (response.sent || response.raw.headersSent);
    // On the raw response, as Fastify takes the header off answers without a body; Dify's carry it.
    if ((statusCode ?? response.statusCode) === NO_CONTENT && !isAnswered && 'raw' in response)
      response.raw.setHeader('content-type', 'application/json');
    return isAnswered ? response : super.reply(response, body, statusCode);
  }
}
