import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Agent, request } from 'undici';

import { HttpTransport } from '../ports/http-transport.port.js';
import type { HttpRequest, HttpResponse } from '../ports/http-transport.port.js';

/** A request the server received. */
export interface ReceivedRequest {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
  /** The body as JSON. */
  json: Record<string, unknown>;
  /** Settles when the client closed the socket before the answer ended. */
  hungUp: Promise<void>;
  socketPort: number;
}

type Answer = (response: ServerResponse, request: ReceivedRequest) => unknown;

/** A vendor on a real socket: answers as the test says and keeps what it received. */
export class VendorServer {
  readonly received: ReceivedRequest[] = [];
  private answer: Answer = (response) => response.end();
  private readonly server = createServer((request_, response) => void this.serve(request_, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  answers(answer: Answer): void {
    this.received.length = 0;
    this.answer = answer;
  }

  answersJson(body: unknown, status = 200, headers: Record<string, string> = {}): void {
    this.answers((response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    });
  }

  /** Sends each text as a piece of its own. */
  answersStream(pieces: readonly (string | Uint8Array)[], end: 'end' | 'destroy' = 'end'): void {
    this.answers(async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const piece of pieces) {
        await new Promise<void>((resolve) => response.write(piece, () => setImmediate(resolve)));
      }
      if (end === 'end') response.end();
      else response.destroy();
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    const isJson = String(incoming.headers['content-type']).includes('json');
    const received: ReceivedRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body,
      json: isJson ? (JSON.parse(body.toString()) as Record<string, unknown>) : {},
      hungUp: new Promise((resolve) => response.on('close', () => (response.writableFinished ? undefined : resolve()))),
      socketPort: incoming.socket.remotePort ?? 0,
    };
    this.received.push(received);
    await this.answer(response, received);
  }
}

/** A transport over undici without a guard, for tests. */
export class PlainTransport extends HttpTransport {
  private readonly agent = new Agent({ connections: 8 });

  override async request({ timeoutMs, bodyTimeoutMs, ...rest }: HttpRequest): Promise<HttpResponse> {
    const answer = await request(rest.url, { ...rest, dispatcher: this.agent, headersTimeout: timeoutMs, bodyTimeout: bodyTimeoutMs });
    const body = answer.body as AsyncIterable<Uint8Array>;
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body,
      discard: () => void answer.body.on('error', () => undefined).destroy(),
    };
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

/** Reads to the end; `onItem` sees each item. */
export async function readAll<T>(source: AsyncIterable<T>, onItem: (item: T) => void = () => undefined): Promise<void> {
  for await (const item of source) onItem(item);
}

/** Reads one item and leaves. */
export async function readFirst<T>(source: AsyncIterable<T>): Promise<T | undefined> {
  for await (const item of source) return item;
  return undefined;
}

/** One event of a chat stream. */
export function chatEvent(delta: Record<string, unknown>, more: { finish_reason?: string | null; usage?: unknown } = {}): string {
  const { finish_reason = null, ...rest } = more;
  return `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }], ...rest })}\n\n`;
}

/** The event with the usage, which has no choices. */
export function usageEvent(promptTokens: number, completionTokens: number): string {
  return `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: promptTokens, completion_tokens: completionTokens, total_tokens: promptTokens + completionTokens } })}\n\n`;
}

export const DONE = 'data: [DONE]\n\n';
