import { METHODS, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { errorBodyOf, NOT_FOUND_PAGE } from '../errors/error-body.js';
import { MethodNotAllowedError } from '../errors/http.errors.js';
import { COMPATIBLE_VERSION } from '../product.js';

/** What Node tells of bytes that it does not take for a request. */
export interface ClientError extends NodeJS.ErrnoException {
  /** The bytes. */
  rawPacket?: Buffer;
}

/** An answer on a bare socket. */
interface BareAnswer {
  status: number;
  body: string;
  contentType?: string;
  headers?: Readonly<Record<string, string>>;
}

const ANSWERS: Readonly<Record<string, { status: number; code: string; message: string }>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'request_header_fields_too_large',
    message: 'The headers of the request are larger than this server takes.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'request_timeout', message: 'The request did not arrive in time.' },
};
const MALFORMED = { status: 400, code: 'bad_request', message: 'The request is no valid HTTP.' };
const REQUEST_LINE = /^([A-Z][A-Z-]{0,31}) (\/\S*) HTTP\/1\.[01]\r?\n/;

/** Answers what is no HTTP request, on the bare socket: nothing else has seen it. */
export function answerClientError(error: ClientError, socket: Socket, methodsOf: (url: string) => string[]): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) {
    socket.destroy();
    return;
  }
  const url = urlOfUnknownMethod(error);
  if (url !== null) {
    answer(socket, answerToMethod(methodsOf(url)));
    return;
  }
  const { status, code, message } = ANSWERS[error.code ?? ''] ?? MALFORMED;
  answer(socket, { status, body: JSON.stringify({ code, message, status }) });
}

/** Answers who takes this server for a proxy. */
export function answerConnect(socket: Socket): void {
  answer(socket, refusedMethod([]));
}

/** The address of a request that is fine but for its method, which Node does not know; null for anything else. */
function urlOfUnknownMethod({ code, rawPacket }: ClientError): string | null {
  if (code !== 'HPE_INVALID_METHOD' || rawPacket === undefined) return null;
  const [, method = '', url = ''] = REQUEST_LINE.exec(rawPacket.toString('latin1')) ?? [];
  return method === '' || METHODS.includes(method) ? null : url;
}

function answerToMethod(allowed: readonly string[]): BareAnswer {
  if (allowed.length > 0) return refusedMethod(allowed);
  return { status: 404, body: NOT_FOUND_PAGE, contentType: 'text/html; charset=utf-8' };
}

function refusedMethod(allowed: readonly string[]): BareAnswer {
  const error = new MethodNotAllowedError(allowed);
  return { status: error.status, body: JSON.stringify(errorBodyOf(error)), headers: error.headers ?? {} };
}

function answer(socket: Socket, { status, body, contentType = 'application/json', headers = {} }: BareAnswer): void {
  // Bytes of an answer that is under way must not be followed by another answer.
  if (socket.writable && socket.bytesWritten === 0) {
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      `content-type: ${contentType}`,
      `content-length: ${Buffer.byteLength(body)}`,
      `x-version: ${COMPATIBLE_VERSION}`,
      'x-content-type-options: nosniff',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      'connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}
