import { randomUUID } from 'node:crypto';

import type { EndpointFacts } from '../catalogue/facts.js';
import { InvokeConnectionError, InvokeError } from '../model-runtime.errors.js';
import type { HttpResponse } from '../ports/http-transport.port.js';
import type { LlmCapability, ModelCall } from '../ports/model-provider.port.js';
import type { LlmCompletion, LlmDelta, LlmRequest } from '../types/llm.js';
import type { Credentials } from '../types/provider-manifest.js';
import { SseParser } from '../wire/sse-parser.js';
import { BodyReader } from '../wire/body-reader.js';
import { ask, askJson, jsonRequest, parseAnswer, readText } from '../wire/vendor-http.js';
import { ChatEventReader, readCompletion } from './chat-answer.js';
import { toChatRequest } from './chat-request.js';
import { TextEventPattern } from './text-event-pattern.js';
import { type Endpoint, resolveEndpoint } from './endpoint.js';

/** Chat and completion over the OpenAI protocol. */
export class OpenAiLlm implements LlmCapability {
  /** By credentials, which are shared by all callers, and model. */
  private readonly endpoints = new WeakMap<Credentials, Map<string, Endpoint>>();

  constructor(private readonly facts: EndpointFacts) {}

  async generate(call: ModelCall, request: LlmRequest): Promise<LlmCompletion> {
    return readCompletion(await askJson(call, this.toHttp(call, request, false)), newToolCallId);
  }

  async *stream(call: ModelCall, request: LlmRequest): AsyncIterable<LlmDelta[]> {
    const http = this.toHttp(call, request, true);
    const response = await ask(call, http);
    if (isJson(response)) {
      yield [wholeAnswer(parseAnswer(await readText(call, response), http.url))];
      return;
    }
    yield* this.readEvents(call, response);
  }

  private async *readEvents(call: ModelCall, response: HttpResponse): AsyncIterable<LlmDelta[]> {
    const parser = new SseParser(separatorOf(call.credentials.stream_mode_delimiter));
    const reader = new ChatEventReader(newToolCallId);
    const readers = { reader, pattern: new TextEventPattern() };
    const body = new BodyReader(call, response);
    try {
      for (;;) {
        const bytes = await body.next();
        const { deltas, done, error } = readPayloads(readers, bytes ? parser.push(bytes) : parser.finish());
        if (done) body.release();
        if (deltas.length > 0) yield deltas;
        if (error !== undefined) throw error;
        if (done) return;
        if (!bytes) break;
      }
    } finally {
      body.close();
    }
    if (!reader.finished) {
      throw new InvokeConnectionError({
        message: 'The connection to the model ended before its answer was whole.',
        upstreamStatus: response.status,
      });
    }
  }

  private endpointOf({ credentials, model }: ModelCall): Endpoint {
    let known = this.endpoints.get(credentials);
    if (known === undefined) this.endpoints.set(credentials, (known = new Map<string, Endpoint>()));
    let endpoint = known.get(model);
    if (endpoint === undefined) known.set(model, (endpoint = resolveEndpoint(this.facts, credentials, model)));
    return endpoint;
  }

  private toHttp(call: ModelCall, request: LlmRequest, stream: boolean): ReturnType<typeof jsonRequest> {
    const endpoint = this.endpointOf(call);
    const chat = toChatRequest(call, { model: endpoint.model, facts: this.facts }, request, stream);
    return jsonRequest(endpoint.baseUrl + chat.path, endpoint.headers, chat.body);
  }
}

/** An id for a tool call whose vendor gave none (contract models-agents-tools 1.5). */
export function newToolCallId(): string {
  return `chatcmpl-tool-${randomUUID().replaceAll('-', '')}`;
}

interface EventReaders {
  reader: ChatEventReader;
  pattern: TextEventPattern;
}

/** What came before an error in the same read is kept. */
function readPayloads(
  { reader, pattern }: EventReaders,
  payloads: readonly string[],
): { deltas: LlmDelta[]; done: boolean; error?: Error } {
  const deltas: LlmDelta[] = [];
  for (const payload of payloads) {
    if (payload.startsWith('[DONE]')) return { deltas, done: true };
    if (payload === '') continue;
    try {
      const known = pattern.read(payload);
      const delta = known ?? reader.read(parseEvent(payload));
      if (!delta) continue;
      deltas.push(delta);
      if (!known) pattern.learn(payload, delta);
    } catch (error) {
      return { deltas, done: false, error: error instanceof Error ? error : new InvokeError({ message: String(error) }) };
    }
  }
  return { deltas, done: false };
}

function parseEvent(payload: string): unknown {
  try {
    return JSON.parse(payload) as unknown;
  } catch (error) {
    throw new InvokeError({ message: `The model sent an event that is no JSON: ${payload.slice(0, 200)}`, cause: error });
  }
}

/** Some servers do not stream although they were asked to. */
function isJson(response: HttpResponse): boolean {
  return String(response.headers['content-type'] ?? '').includes('application/json');
}

function wholeAnswer(answer: unknown): LlmDelta {
  const { toolCalls, ...rest } = readCompletion(answer, newToolCallId);
  const calls = toolCalls.map((toolCall) => ({ id: toolCall.id, ...toolCall.function }));
  return calls.length > 0 ? { ...rest, toolCalls: calls } : rest;
}

/** The form has the end of an event as text with escapes. Lines are what is read, unless the server does not use them. */
function separatorOf(field: unknown): string {
  if (typeof field !== 'string' || field === '') return '\n';
  const delimiter = field.replaceAll('\\n', '\n').replaceAll('\\r', '\r');
  return delimiter.includes('\n') ? '\n' : delimiter;
}
