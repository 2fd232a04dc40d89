import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { AppError } from '#common';
import { OutboundError } from './outbound.errors.js';
import type { OutboundRequest } from './outbound.types.js';
import { ResponseBody } from './response-body.js';

/** The head of an answer, with the body that follows. */
export interface ExchangeResult {
  status: number;
  headers: IncomingHttpHeaders;
  body: ResponseBody;
}

/** Time-outs that hold where a request names none. Unit: milliseconds. */
export interface ExchangeDefaults {
  headersTimeoutMs: number;
  bodyTimeoutMs: number;
}

/** Sends one request and resolves with the head of its answer. */
export function exchange(dispatcher: Dispatcher, url: URL, request: OutboundRequest, defaults: ExchangeDefaults): Promise<ExchangeResult> {
  const { signal } = request;
  if (signal?.aborted) return Promise.reject(signal.reason as Error);
  return new Promise((resolve, reject) => {
    let body: ResponseBody | null = null;
    let controller: Dispatcher.DispatchController | null = null;
    let isOver = false;
    const over = (): void => {
      isOver = true;
      signal?.removeEventListener('abort', onAbort);
    };
    const failed = (error: Error): void => {
      over();
      if (body) body.fail(error);
      else reject(error);
    };
    const onAbort = (): void => {
      const reason = signal?.reason as Error;
      failed(reason);
      if (!body) controller?.abort(reason);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    dispatcher.dispatch(
      {
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: request.method,
        headers: request.headers,
        body: request.body ?? null,
        headersTimeout: request.timeoutMs ?? defaults.headersTimeoutMs,
        bodyTimeout: request.bodyTimeoutMs ?? defaults.bodyTimeoutMs,
      },
      {
        onRequestStart: (started) => {
          controller = started;
          if (isOver) started.abort(signal?.reason as Error);
        },
        onResponseStart: (started, status, headers) => {
          if (status < 200) return;
          body = new ResponseBody(started, request.maxBytes ?? Number.POSITIVE_INFINITY, over);
          resolve({ status, headers, body });
        },
        onResponseData: (_, piece) => body?.push(piece),
        onResponseEnd: () => body?.end(),
        onResponseError: (_, error) => failed(toOutboundError(error, url)),
      },
    );
  });
}

const TIMEOUTS = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);
const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT',
]);

function toOutboundError(error: unknown, url: URL): Error {
  if (error instanceof AppError) return error;
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (TIMEOUTS.has(code)) return new OutboundError('timeout', `${url.host} did not answer in time.`, error);
  if (NO_CONNECTION.has(code) || error instanceof AggregateError)
    return new OutboundError('connect', `No connection to ${url.host} (${code || 'unreachable'}).`, error);
  return new OutboundError('socket', `The connection to ${url.host} broke (${code || message}).`, error);
}
