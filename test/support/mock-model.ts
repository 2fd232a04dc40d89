import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A message of a prompt as it reached the vendor. */
export interface PromptPart {
  role: string;
  content: string | { type: string; text?: string; image_url?: { url: string; detail?: string } }[];
}

/** A call as it reached the vendor. */
export interface ModelCall {
  messages: PromptPart[];
  stream: boolean;
  body: Record<string, unknown>;
  /** Whether the caller closed the connection before the answer was whole. */
  wasCut: boolean;
}

/**
 * A vendor on this machine that speaks OpenAI's protocol. It says back the last user message in 20 pieces, unless that tells it
 * otherwise: `FAIL 429` answers with that status, `HANG` says two pieces and then nothing, `BREAK` closes the socket after two,
 * `SLOW` waits 20 ms between pieces, `SAY <text>` says the text, `GARBAGE` sends what is no JSON, `ECHO` with `FAIL` repeats prompt and
 * key in the error. It speaks and listens, too.
 */
export class MockModel {
  readonly calls: ModelCall[] = [];
  /** Texts it was asked to speak; the sound of a text is `mp3(<text>)`. One with `MUTE` in it is refused. */
  readonly spoken: string[] = [];
  /** Said in answer to requests for titles, questions and the like: those without `stream`. */
  reply: string | null = null;
  /** Status of the answers to them, which repeat prompt and key. */
  failure: number | null = null;
  private server: Server;

  async start(): Promise<void> {
    this.server = createServer((request, response) => void this.answer(request, response).catch(() => response.destroy()));
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  /** Base address with version, as forms ask for it. */
  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/v1`;
  }

  /** The last call whose prompt ends with this text. */
  callOf(query: string): ModelCall {
    const call = this.calls.findLast(({ messages }) => textOf(messages.at(-1)).includes(query));
    if (call === undefined) throw new Error(`the model was not asked ${query}`);
    return call;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.url?.endsWith('/audio/transcriptions')) {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"text":"heard"}');
      return;
    }
    const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>;
    if (request.url?.endsWith('/audio/speech')) {
      this.speak(response, String(body.input));
      return;
    }
    const messages = (body.messages ?? []) as PromptPart[];
    const call: ModelCall = { messages, stream: body.stream === true, body, wasCut: false };
    this.calls.push(call);
    response.on('close', () => (call.wasCut = !response.writableEnded));
    const query = textOf(messages.at(-1));
    const told = Number(/FAIL (\d{3})/.exec(query)?.[1] ?? 200);
    const status = call.stream ? told : (this.failure ?? told);
    if (status !== 200) {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ error: { message: errorOf(query, request, this.failure !== null), type: 'server_error', code: 'mock' } }),
      );
    } else if (call.stream) await this.stream(response, body, query);
    else this.whole(response, body, query);
  }

  private speak(response: ServerResponse, text: string): void {
    this.spoken.push(text);
    response.writeHead(text.includes('MUTE') ? 400 : 200, { 'content-type': 'audio/mpeg' });
    response.end(`mp3(${text})`);
  }

  private whole(response: ServerResponse, body: Record<string, unknown>, query: string): void {
    const text = this.reply ?? piecesOf(query).join('');
    response.writeHead(200, { 'content-type': 'application/json' });
    const usage = { prompt_tokens: 7, completion_tokens: 20, total_tokens: 27 };
    response.end(
      JSON.stringify({
        id: 'c',
        object: 'chat.completion',
        model: body.model,
        choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
        usage,
      }),
    );
  }

  private async stream(response: ServerResponse, body: Record<string, unknown>, query: string): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const frame = (value: object) =>
      response.write(`data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model: body.model, ...value })}\n\n`);
    const pieces = piecesOf(query);
    for (const [index, content] of pieces.entries()) {
      if (index === 2 && query.includes('BREAK')) {
        await wait(20);
        response.destroy();
        return;
      }
      if (index === 2 && query.includes('HANG')) return;
      if (index === 2 && query.includes('GARBAGE')) response.write('data: {"choices": [oops\n\n');
      if (query.includes('SLOW')) await wait(20);
      frame({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
    }
    frame({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    frame({ choices: [], usage: { prompt_tokens: 7, completion_tokens: pieces.length, total_tokens: 7 + pieces.length } });
    response.end('data: [DONE]\n\n');
  }
}

function errorOf(query: string, request: IncomingMessage, isEcho: boolean): string {
  return isEcho || query.includes('ECHO')
    ? `told to fail with the key ${request.headers.authorization ?? ''} at the prompt ${query}`
    : 'told to fail';
}

function textOf(message: PromptPart | undefined): string {
  if (message === undefined) return '';
  return typeof message.content === 'string' ? message.content : message.content.map((part) => part.text ?? '').join('');
}

/** Twenty pieces of the words of a text, over and over; or what it says to say. */
function piecesOf(query: string): string[] {
  const said = /SAY ([\s\S]+)$/.exec(query)?.[1];
  if (said !== undefined) return [said];
  const words = query.split(/\s+/).filter((word) => word !== '');
  return Array.from({ length: 20 }, (_, index) => `${index === 0 ? '' : ' '}${words[index % words.length] ?? 'x'}`);
}
