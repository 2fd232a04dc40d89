import { fillText } from '../../models/text-template.js';
import type { HttpCall, HttpMethod } from '../../ports/http.port.js';
import type { NodeContext } from '../node-type.js';
import { httpFailure } from './http-failures.js';
import type { HttpSettings } from './http-settings.js';
import { readableTokens } from './log-text.js';
import { requestBody, type RequestBody } from './request-body.js';
import { formEncoded, hasHeader, readHeaders, withHeader, withoutHeader } from './request-lines.js';
import { requestLog } from './request-log.js';

/** A request, and how it is told about. */
export interface BuiltRequest {
  readonly call: HttpCall;
  /** The URL as the node has it, without its parameters; secrets are tokens. */
  readonly url: string;
  readonly log: string;
}

const SENDABLE: ReadonlySet<string> = new Set<HttpMethod>(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** Belong to the connection, which is not the node's; commands copied from a browser bring them along. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** A timer that is to wait longer fires at once. */
const LONGEST_MS = 2 ** 31 - 1;
const HEADER_NAME = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;

/** Fills a request's templates and puts it together (contract workflow-engine 7.12). Throws `NodeFailure`. */
export async function buildRequest(settings: HttpSettings, context: NodeContext): Promise<BuiltRequest> {
  const { secrets } = context;
  const authorization = authorizationOf(settings, context);
  const url = fillText(settings.url, context);
  checkUrl(url, secrets.revealText(url));
  const params = settings.params.map(({ name, value }) => [fillText(name, context), fillText(value, context)] as const);
  const revealedParams = params.map(([name, value]) => [secrets.revealText(name), secrets.revealText(value)] as const);
  const body = await requestBody(settings, context);
  if (!SENDABLE.has(settings.method)) throw httpFailure('InvalidHttpMethodError', `Invalid http method ${settings.method}`);
  const written = fillText(settings.headers, context);
  const headers = headersOf(secrets.revealText(written), authorization, body);
  checkHeaders(headers);
  const hidden = authorization && { ...authorization, value: '*'.repeat(authorization.value.length) };
  return {
    url,
    log: requestLog({
      method: settings.method,
      url,
      query: readableTokens(formEncoded(params)),
      headers: headersOf(written, hidden, body),
      body: body.log,
    }),
    call: {
      method: settings.method as HttpMethod,
      url: withQuery(secrets.revealText(url), formEncoded(revealedParams)),
      headers,
      body: body.bytes,
      timeouts: timeoutsOf(settings, context),
      verifyTls: settings.verifyTls ?? context.limits.http.verifyTls,
      signal: context.signal,
    },
  };
}

/** A header that says who asks. */
interface Authorization {
  readonly name: string;
  readonly value: string;
}

/** The header with the API key, revealed; null: none is wanted. */
function authorizationOf({ authorization, isAuthorizationMissing }: HttpSettings, context: NodeContext): Authorization | null {
  if (isAuthorizationMissing) throw httpFailure('AuthorizationConfigError', 'authorization config is required');
  if (authorization === null) return null;
  const filled = fillText(authorization.key, context);
  const key = context.secrets.revealText(filled);
  if (key.trim() === '') throw httpFailure('AuthorizationConfigError', 'API key is required for authorization but was empty.');
  return { name: authorization.header, value: authorizationValue(authorization.kind, key, () => context.secrets.basicPair(filled)) };
}

function authorizationValue(kind: NonNullable<HttpSettings['authorization']>['kind'], key: string, pair: () => string): string {
  switch (kind) {
    case 'bearer':
      return `Bearer ${key}`;
    case 'basic':
      // Without a colon it is no pair of name and password: somebody has encoded it already.
      return `Basic ${key.includes(':') ? pair() : key}`;
    case 'custom':
      return key;
  }
}

/** `shown` is the URL as the message may show it. */
function checkUrl(shown: string, url: string): void {
  if (url === '') throw httpFailure('InvalidURLError', 'url is required');
  if (!/^https?:\/\//.test(url)) throw httpFailure('InvalidURLError', 'url should start with http:// or https://');
  if (!URL.canParse(url)) throw httpFailure('InvalidURLError', `url is invalid: ${shown}`);
}

function headersOf(written: string, authorization: Authorization | null, body: RequestBody): Record<string, string> {
  let headers = Object.fromEntries(Object.entries(readHeaders(written)).filter(([name]) => !OF_THE_CONNECTION.has(name.toLowerCase())));
  if (body.fixesContentType) headers = withoutHeader(headers, 'content-type');
  if (authorization !== null) headers = withHeader(headers, authorization.name, authorization.value);
  if (body.contentType !== null && !hasHeader(headers, 'content-type')) headers['Content-Type'] = body.contentType;
  return headers;
}

function checkHeaders(headers: Readonly<Record<string, string>>): void {
  const names = Object.keys(headers);
  const wrong = names.find((name) => !HEADER_NAME.test(name));
  if (wrong !== undefined) throw httpFailure('HttpRequestNodeError', `Invalid header name: ${wrong}`);
  // A key that was pasted with its line break; lines of the headers can have none.
  const broken = names.find((name) => /[\r\n\0]/.test(headers[name] as string));
  if (broken !== undefined) throw httpFailure('HttpRequestNodeError', `Invalid header value: ${broken} holds a line break or a NUL`);
}

/** Parameters come behind those that the URL has already. */
function withQuery(text: string, query: string): string {
  const url = new URL(text);
  if (query !== '') url.search = url.search === '' ? query : `${url.search}&${query}`;
  return url.href;
}

function timeoutsOf({ timeouts }: HttpSettings, { limits: { http } }: NodeContext): HttpCall['timeouts'] {
  const connectMs = milliseconds(timeouts.connect ?? http.connectSeconds);
  const readMs = milliseconds(timeouts.read ?? http.readSeconds);
  const writeMs = milliseconds(timeouts.write ?? http.writeSeconds);
  return { connectMs, readMs, writeMs, totalMs: Math.min(connectMs + Math.max(readMs, writeMs), LONGEST_MS) };
}

function milliseconds(seconds: number): number {
  return Math.min(1000 * seconds, LONGEST_MS);
}
