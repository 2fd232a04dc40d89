import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { COMPATIBLE_VERSION } from '../product.js';

const ANSWERS: Readonly<Record<string, { status: number; code: string; message: string }>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'request_header_fields_too_large',
    message: 'The headers of the request are larger than this server takes.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'request_timeout', message: 'The request did not arrive in time.' },
};
const MALFORMED = { status: 400, code: 'bad_request', message: 'The request is no valid HTTP.' };

/** Answers what is no HTTP request, on the bare socket: nothing else has seen it. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) {
    socket.destroy();
    return;
  }
  const { status, code, message } = ANSWERS[error.code ?? ''] ?? MALFORMED;
  const body = JSON.stringify({ code, message, status });
  // Bytes of an answer that is under way must not be followed by another answer.
  if (socket.writable && socket.bytesWritten === 0) {
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-version: ${COMPATIBLE_VERSION}`,
      'x-content-type-options: nosniff',
      'connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}
