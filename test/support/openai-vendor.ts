import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a vendor was asked. */
export interface VendorCall {
  path: string;
  key: string | null;
  body: Record<string, unknown>;
}

/** A vendor on this machine that speaks OpenAI's protocol: says what it was told, refuses keys that do not begin with `sk-good`. */
export class OpenAiVendor {
  readonly calls: VendorCall[] = [];
  /** Keys that are told to wait (429). */
  readonly busyKeys = new Set<string>();
  private server: Server;

  /** Starts listening. */
  async start(): Promise<void> {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  /** Base address with version, as forms ask for it. */
  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/v1`;
  }

  /** Keys of the calls so far; then forgets them. */
  takeKeys(): (string | null)[] {
    return this.calls.splice(0).map(({ key }) => key);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = request.headers.authorization?.replace(/^Bearer /, '') ?? null;
    const body = JSON.parse((await textOf(request)) || '{}') as Record<string, unknown>;
    this.calls.push({ path: request.url ?? '', key, body });
    if (!key?.startsWith('sk-good')) refuse(response, 401, 'Incorrect API key provided', 'invalid_api_key');
    else if (this.busyKeys.has(key)) refuse(response, 429, 'Rate limit reached', 'rate_limit_exceeded');
    else if (request.url?.endsWith('/embeddings')) {
      const texts = ([] as unknown[]).concat(body.input);
      send(response, {
        model: body.model,
        data: texts.map((_, index) => ({ index, embedding: [index, 1] })),
        usage: { prompt_tokens: texts.length, total_tokens: texts.length },
      });
    } else if (request.url?.endsWith('/models')) send(response, { object: 'list', data: [] });
    else if (body.stream === true) stream(response, body);
    else send(response, completionOf(body, { message: { role: 'assistant', content: 'Hello from the vendor' }, finish_reason: 'stop' }));
  }
}

function stream(response: ServerResponse, body: Record<string, unknown>): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const frame = (value: unknown) => response.write(`data: ${JSON.stringify(value)}\n\n`);
  for (const word of ['Hello', ' from', ' the', ' vendor']) frame(chunkOf(body, { delta: { content: word } }));
  frame(chunkOf(body, { delta: {}, finish_reason: 'stop' }));
  frame({ ...chunkOf(body, {}), choices: [], usage: { prompt_tokens: 7, completion_tokens: 4, total_tokens: 11 } });
  response.end('data: [DONE]\n\n');
}

const chunkOf = (body: Record<string, unknown>, choice: object) => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  created: 1,
  model: body.model,
  choices: [{ index: 0, finish_reason: null, ...choice }],
});

const completionOf = (body: Record<string, unknown>, choice: object) => ({
  id: 'c1',
  object: 'chat.completion',
  created: 1,
  model: body.model,
  choices: [{ index: 0, ...choice }],
  usage: { prompt_tokens: 7, completion_tokens: 4, total_tokens: 11 },
});

function refuse(response: ServerResponse, status: number, message: string, code: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message, type: 'error', code } }));
}

function send(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text;
}
