import { Agent } from 'undici';
import { AbortScope } from '#common';
import { EgressAllow } from './egress-allow.js';
import type { EgressPolicy } from './egress-policy.js';
import { exchange, type ExchangeResult } from './exchange.js';
import { guardedConnector, type Resolve } from './guarded-connector.js';
import { OutboundError, OutboundUrlError } from './outbound.errors.js';
import type { OutboundRequest, OutboundResponse } from './outbound.types.js';

/** How a client is made. */
export interface GuardedClientOptions {
  policy: EgressPolicy;
  /** Entries of EGRESS_ALLOW. */
  allow: readonly string[];
  maxConnections: number;
  connectTimeoutMs: number;
  headersTimeoutMs: number;
  bodyTimeoutMs: number;
  /** Default: the system's resolver. */
  resolve?: Resolve;
  /** False: servers may show any certificate, as their users have asked. Default true. */
  verifyTls?: boolean;
}

const MAX_URLS = 100;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const OWN_ORIGIN_ONLY = new Set(['authorization', 'cookie', 'proxy-authorization', 'host', 'x-api-key', 'api-key']);
const OF_A_BODY = new Set(['content-type', 'content-length', 'content-encoding', 'transfer-encoding']);

/** An HTTP client that reaches only what its policy allows, at every connection it opens. */
export class GuardedClient {
  private readonly agent: Agent;
  private readonly urls = new Map<string, Readonly<URL>>();

  constructor(private readonly options: GuardedClientOptions) {
    const { policy, connectTimeoutMs, resolve, verifyTls, maxConnections } = options;
    this.agent = new Agent({
      connections: maxConnections,
      pipelining: 1,
      connect: guardedConnector({ policy, allow: new EgressAllow(options.allow), connectTimeoutMs, resolve, verifyTls }),
    });
  }

  /** Sends a request. Rejects with {@link EgressDeniedError}, {@link OutboundUrlError}, {@link OutboundError} or the signal's reason. */
  async request(request: OutboundRequest): Promise<OutboundResponse> {
    const scope = scopeOf(request);
    try {
      const { result, url } = await this.follow(scope ? { ...request, signal: scope.signal } : request);
      if (scope) result.body.whenSettled(() => scope.end());
      return toResponse(result, url);
    } catch (error) {
      scope?.end();
      throw error;
    }
  }

  private async follow(request: OutboundRequest): Promise<{ result: ExchangeResult; url: Readonly<URL> }> {
    let current = request;
    for (let left = request.redirects ?? 0; ; left -= 1) {
      const url = this.urlOf(current.url);
      const result = await exchange(this.agent, url, withUserinfo(current, url), this.options);
      const location = REDIRECTS.has(result.status) ? result.headers.location : undefined;
      if (location === undefined || request.redirects === undefined || request.redirects === 0) return { result, url };
      result.body.discard();
      if (left === 0) throw new OutboundError('redirects', `${url.host} redirects more than ${request.redirects} times.`);
      current = redirected(current, url, result.status, location);
    }
  }

  /** The same few addresses are asked all the time. */
  private urlOf(text: string): Readonly<URL> {
    let url = this.urls.get(text);
    if (url !== undefined) return url;
    url = httpUrlOf(text);
    this.urls.set(text, url);
    for (const oldest of this.urls.keys()) {
      if (this.urls.size <= MAX_URLS) break;
      this.urls.delete(oldest);
    }
    return url;
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

/** The time limit of a request, over its redirects and its body. */
function scopeOf({ totalMs, signal }: OutboundRequest): AbortScope | null {
  if (totalMs === undefined) return null;
  const reason = (): Error => new OutboundError('timeout', `The answer was not complete within ${totalMs} ms.`);
  return new AbortScope({ follow: [signal], afterMs: totalMs, reason });
}

function httpUrlOf(text: string): URL {
  const url = parseUrl(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') throw new OutboundUrlError(text);
  return url;
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Credentials within the URL become a header, as browsers and Python's clients do. */
function withUserinfo(request: OutboundRequest, url: URL): OutboundRequest {
  if (url.username === '' && url.password === '') return request;
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return { ...request, headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}`, ...request.headers } };
}

function redirected(request: OutboundRequest, from: URL, status: number, location: string): OutboundRequest {
  if (!URL.canParse(location, from.href)) throw new OutboundUrlError(location);
  const to = new URL(location, from);
  const becomesGet = status === 303 || ((status === 301 || status === 302) && request.method === 'POST');
  const isKept = (name: string): boolean =>
    !(to.origin !== from.origin && OWN_ORIGIN_ONLY.has(name)) && !(becomesGet && OF_A_BODY.has(name));
  const headers = Object.fromEntries(Object.entries(request.headers ?? {}).filter(([name]) => isKept(name.toLowerCase())));
  const next = { ...request, url: to.href, headers };
  return becomesGet ? { ...next, method: request.method === 'HEAD' ? 'HEAD' : 'GET', body: undefined } : next;
}

function toResponse({ status, headers, body }: ExchangeResult, url: URL): OutboundResponse {
  const bytes = async (): Promise<Buffer> => {
    const pieces: Uint8Array[] = [];
    for await (const piece of body) pieces.push(piece);
    return Buffer.concat(pieces);
  };
  return { status, headers, url: url.href, body, bytes, text: async () => (await bytes()).toString('utf8'), discard: () => body.discard() };
}
