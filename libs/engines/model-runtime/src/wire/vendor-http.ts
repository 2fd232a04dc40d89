import { InvokeConnectionError, InvokeError } from '../model-runtime.errors.js';
import type { HttpRequest, HttpResponse } from '../ports/http-transport.port.js';
import type { ModelCall } from '../ports/model-provider.port.js';
import { errorOfAnswer } from './vendor-error.js';

const JSON_HEADERS = { 'content-type': 'application/json' };
const MAX_ERROR_BODY = 64 * 1024;
const MAX_JSON_BODY = 256 * 1024 * 1024;

export type CallContext = Pick<ModelCall, 'http' | 'signal'>;

/** Sends a request to a vendor; its answer has a status below 300. Everything else is thrown as an InvokeError, or the signal's reason. */
export async function ask(call: CallContext, request: Omit<HttpRequest, 'signal'>): Promise<HttpResponse> {
  call.signal?.throwIfAborted();
  let response: HttpResponse;
  try {
    response = await call.http.request(call.signal ? { signal: call.signal, ...request } : request);
  } catch (error) {
    throw connectionError(call, error, `The model's server ${hostOf(request.url)} can't be reached`);
  }
  if (response.status < 300) return response;
  const body = await readStart(call, response, MAX_ERROR_BODY);
  throw errorOfAnswer(response.status, response.headers, body, Date.now());
}

/** The request with a JSON body, and the headers that go with it. */
export function jsonRequest(url: string, headers: Record<string, string>, body: unknown): Omit<HttpRequest, 'signal'> {
  return { method: 'POST', url, headers: Object.assign({}, headers, JSON_HEADERS), body: JSON.stringify(body) };
}

/** Asks and reads the answer as JSON. */
export async function askJson(call: CallContext, request: Omit<HttpRequest, 'signal'>): Promise<unknown> {
  return parseAnswer(await readText(call, await ask(call, request)), request.url);
}

/** JSON out of an answer's text. Throws InvokeError when it is something else. */
export function parseAnswer(text: string, url: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new InvokeError({
      message: `The model's server ${hostOf(url)} answered something else than JSON: ${text.slice(0, 200)}`,
      cause: error,
    });
  }
}

/** The whole body as text. */
export async function readText(call: CallContext, response: HttpResponse): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of pieces(call, response)) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > MAX_JSON_BODY) throw new InvokeError({ message: 'The answer of the model is larger than 256 MB.' });
  }
  return text + decoder.decode();
}

/** The body piece by piece; a broken connection becomes an InvokeConnectionError. Leaving early closes the socket. */
export async function* pieces(call: CallContext, response: HttpResponse): AsyncIterable<Uint8Array> {
  try {
    yield* response.body;
  } catch (error) {
    throw connectionError(call, error, 'The connection to the model broke');
  }
}

async function readStart(call: CallContext, response: HttpResponse, limit: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const piece of response.body) {
      text += decoder.decode(piece, { stream: true });
      if (text.length > limit) break;
    }
  } catch {
    call.signal?.throwIfAborted();
    // The status alone tells enough.
  }
  return text;
}

/** The signal's reason when it fired; an InvokeError as it is; anything else as a failed connection. */
export function connectionError(call: CallContext, error: unknown, what: string): unknown {
  if (call.signal?.aborted) return call.signal.reason;
  if (error instanceof InvokeError) return error;
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
  return new InvokeConnectionError({ message: `${what}${reason ? `: ${reason}` : ''}.`, cause: error });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
