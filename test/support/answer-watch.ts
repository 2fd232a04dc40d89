import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { surfaceOf } from '#platform/http';
import { framesOf, loadValidator } from './openapi-validator.js';

/** An answer as it left. */
interface Answer {
  method: string;
  url: string;
  status: number;
  contentType: string | undefined;
  text: string;
}

const watched = new WeakMap<NestFastifyApplication, Set<string>>();

/**
 * Holds every answer of an application, and every frame of its streams, against the committed API documents, whoever asks for it.
 * What does not fit is told by `stopWatching`, so a test file fails at its end.
 */
export function watchAnswers(app: NestFastifyApplication): NestFastifyApplication {
  const faults = new Set<string>();
  watched.set(app, faults);
  const look = (answer: Answer): void => faultsOf(answer).forEach((fault) => faults.add(fault));
  watchInjected(app, look);
  app.getHttpServer().prependListener('request', (request, response) => watchSent(request, response, look));
  return app;
}

/** Throws when an answer was not as the documents say. */
export function stopWatching(app: NestFastifyApplication): void {
  const faults = [...(watched.get(app) ?? [])];
  watched.delete(app);
  if (faults.length > 0) throw new Error(`Answers that docs/openapi does not allow:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
}

function watchInjected(app: NestFastifyApplication, look: (answer: Answer) => void): void {
  const fastify = app.getHttpAdapter().getInstance();
  const inject = fastify.inject.bind(fastify) as unknown as (options: { method?: string; url: string }) => Promise<InjectedAnswer>;
  const watching = async (options: { method?: string; url: string }): Promise<InjectedAnswer> => {
    const answer = await inject(options);
    const { statusCode: status, headers, body: text } = answer;
    look({ method: options.method ?? 'GET', url: options.url, status, contentType: headers['content-type'], text });
    return answer;
  };
  Object.assign(fastify, { inject: watching });
}

interface InjectedAnswer {
  statusCode: number;
  headers: Record<string, string | undefined>;
  body: string;
}

function watchSent(request: IncomingMessage, response: ServerResponse, look: (answer: Answer) => void): void {
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
  };
  const { write, end } = response;
  response.write = function (this: ServerResponse, ...args: unknown[]) {
    keep(args[0]);
    return Reflect.apply(write, this, args) as boolean;
  };
  response.end = function (this: ServerResponse, ...args: unknown[]) {
    keep(args[0]);
    return Reflect.apply(end, this, args) as ServerResponse;
  };
  const { method = 'GET', url = '/' } = request;
  response.once('finish', () => {
    const contentType = response.getHeader('content-type')?.toString() ?? contentTypeOf(response);
    look({ method, url, status: response.statusCode, contentType, text: Buffer.concat(chunks).toString('utf8') });
  });
}

/** Streams write their head themselves; then only the text of it tells the type. */
function contentTypeOf(response: ServerResponse): string | undefined {
  const head = (response as unknown as { _header?: string })._header ?? '';
  return /^content-type: (.*)\r$/im.exec(head)?.[1];
}

function faultsOf({ method, url, status, contentType, text }: Answer): string[] {
  if (method === 'HEAD' || method === 'OPTIONS') return [];
  const path = url.split('?')[0] ?? '';
  const validator = loadValidator(surfaceOf(path).audience);
  if (status >= 400 && !validator.has(method, path)) return [];
  // The small page of paths that no route takes: broken encoding, parameters too long, ids that are no UUID.
  if (status === 404 && contentType?.startsWith('text/html')) return [];
  const isStream = contentType?.startsWith('text/event-stream') ?? false;
  const found = isStream
    ? framesOf(text.slice(0, text.lastIndexOf('\n\n') + 2)).flatMap((frame) => validator.frame(method, path, frame))
    : validator.response(method, path, status, contentType ?? null, parsed(text));
  return found.map((fault) => `${method} ${path.replace(UUIDS, '<id>')} ${status}: ${fault}`);
}

const UUIDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
