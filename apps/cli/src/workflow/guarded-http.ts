import { WorkflowHttp, WorkflowHttpError, type HttpAnswer, type HttpCall, type HttpFailureReason } from '#engines/workflow';
import type { EgressConfig } from '#platform/config';
import { EgressDeniedError, GuardedClient, OutboundError, OutboundUrlError, type OutboundResponse } from '#platform/http';
import { ACCEPTED_ENCODINGS, undoEncoding } from './undo-encoding.js';

const MAX_REDIRECTS = 20;
/** A client waits one of these times for a connection: those who ask for nearly the same share connections. */
const CONNECT_STEPS_MS = [1000, 2000, 5000, 10_000, 30_000, 60_000];
const LONGEST_CONNECT_MS = 120_000;
/** Told as Python tells them, since workflows may look for them in the message of a failure (traces nodes/http-request-refused). */
const PYTHON_MESSAGES: Readonly<Record<string, string>> = {
  ECONNREFUSED: '[Errno 111] Connection refused',
  EHOSTUNREACH: '[Errno 113] No route to host',
  ENETUNREACH: '[Errno 101] Network is unreachable',
  ENOTFOUND: '[Errno -2] Name or service not known',
  EAI_AGAIN: '[Errno -3] Temporary failure in name resolution',
};
const REASONS: Readonly<Record<OutboundError['failure'], HttpFailureReason>> = {
  connect: 'connect',
  timeout: 'timeout',
  redirects: 'redirects',
  socket: 'broken',
  too_large: 'broken',
};

/** Sends the requests of http-request nodes through the guarded client, under the policy for any URL a user gives. */
export class GuardedHttp extends WorkflowHttp {
  private readonly clients = new Map<string, GuardedClient>();

  constructor(private readonly config: EgressConfig) {
    super();
  }

  override async send(call: HttpCall): Promise<HttpAnswer> {
    const { method, url, body, signal, timeouts } = call;
    try {
      const response = await this.clientFor(call).request({
        method,
        url,
        headers: headersOf(call.headers),
        ...(body !== null && { body }),
        signal,
        timeoutMs: timeouts.readMs,
        bodyTimeoutMs: timeouts.readMs,
        totalMs: timeouts.totalMs,
        redirects: MAX_REDIRECTS,
      });
      return answerOf(response, signal);
    } catch (error) {
      throw asHttpError(error, signal);
    }
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    await Promise.all([...this.clients.values()].map((client) => client.close()));
  }

  private clientFor({ verifyTls, timeouts: { connectMs } }: HttpCall): GuardedClient {
    const connectTimeoutMs = CONNECT_STEPS_MS.find((step) => step >= connectMs) ?? LONGEST_CONNECT_MS;
    const key = `${verifyTls}:${connectTimeoutMs}`;
    let client = this.clients.get(key);
    if (client === undefined)
      this.clients.set(key, (client = new GuardedClient({ ...this.config, policy: 'public', connectTimeoutMs, verifyTls })));
    return client;
  }
}

/** What every client says of itself, unless the node says it; texts outside Latin-1 go out as their UTF-8 bytes. */
function headersOf(written: HttpCall['headers']): Record<string, string> {
  const names = new Set(Object.keys(written).map((name) => name.toLowerCase()));
  const own = { accept: '*/*', 'accept-encoding': ACCEPTED_ENCODINGS, 'user-agent': 'baya' };
  return Object.fromEntries(
    [...Object.entries(own).filter(([name]) => !names.has(name)), ...Object.entries(written)].map(([name, value]) => [
      name,
      wireText(value),
    ]),
  );
}

function wireText(value: string): string {
  return /[^\u0000-\u00ff]/.test(value) ? Buffer.from(value, 'utf8').toString('latin1') : value;
}

function answerOf(response: OutboundResponse, signal: AbortSignal): HttpAnswer {
  const { status, headers, url, body } = response;
  const named = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value].flat().join(', ')] as const],
  );
  const encoding = headers['content-encoding'];
  return {
    status,
    headers: Object.fromEntries(named),
    url,
    body: explained(undoEncoding(body, encoding === undefined ? undefined : [encoding].flat().join(',')), signal),
    discard: () => response.discard(),
  };
}

async function* explained(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw asHttpError(error, signal);
  }
}

function asHttpError(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof EgressDeniedError) return new WorkflowHttpError('denied', error.message, { cause: error });
  if (error instanceof OutboundUrlError) return new WorkflowHttpError('broken', error.message, { cause: error });
  if (error instanceof OutboundError) return new WorkflowHttpError(REASONS[error.failure], messageOf(error), { cause: error });
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code.startsWith('Z_') || code.startsWith('ERR__ERROR_') || code.startsWith('ERR_BROTLI'))
    return new WorkflowHttpError('broken', `The answer is not encoded as its Content-Encoding says (${message}).`, { cause: error });
  return error;
}

function messageOf(error: OutboundError): string {
  const { code } = (error.cause ?? {}) as { code?: string };
  return PYTHON_MESSAGES[code ?? ''] ?? error.message;
}
