import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpConfig, ServerConfig } from '#platform/config';
import type { CorsOrigins, Surface } from '../routing/surfaces.js';

const EXPOSED = 'X-Version, X-Env, X-Trace-Id, X-Request-Id';
const DAY_SECONDS = '86400';

interface AllowedOrigins {
  /** Whether pages of every origin may read answers. */
  any: boolean;
  /** Origins whose pages may also send cookies. */
  listed: ReadonlySet<string>;
}

/** Answers browsers of other origins, a rule a surface (contract service-and-web-api 1). Credentials are for listed origins only. */
export class Cors {
  private readonly origins: Readonly<Record<CorsOrigins, AllowedOrigins>>;

  constructor(http: HttpConfig, server: ServerConfig) {
    const none = new Set<string>();
    this.origins = {
      any: { any: true, listed: none },
      none: { any: false, listed: none },
      console: allowedOrigins(http.consoleOrigins.length > 0 ? http.consoleOrigins : [server.consoleWebUrl]),
      web: allowedOrigins([...http.webOrigins, server.appWebUrl, server.consoleWebUrl]),
    };
  }

  /** Sets the headers that an answer of this surface carries. */
  apply(surface: Surface, request: FastifyRequest, reply: FastifyReply): void {
    if (surface.origins === 'none') return;
    const { any, listed } = this.origins[surface.origins];
    const { origin } = request.headers;
    if (surface.credentials) void reply.header('vary', 'Origin, Cookie');
    if (surface.credentials && origin !== undefined && listed.has(origin)) {
      void reply.header('access-control-allow-origin', origin);
      void reply.header('access-control-allow-credentials', 'true');
    } else if (any) {
      void reply.header('access-control-allow-origin', '*');
    } else {
      return;
    }
    void reply.header('access-control-expose-headers', EXPOSED);
  }

  /** Adds what a preflight asks for. */
  preflight(surface: Surface, request: FastifyRequest, reply: FastifyReply): void {
    if (reply.getHeader('access-control-allow-origin') === undefined) return;
    const asked = (request.headers['access-control-request-headers'] ?? '')
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .filter((name) => surface.requestHeaders.includes(name));
    if (asked.length > 0) void reply.header('access-control-allow-headers', asked.join(', '));
    void reply.header('access-control-allow-methods', surface.methods);
    void reply.header('access-control-max-age', DAY_SECONDS);
  }
}

function allowedOrigins(settings: readonly string[]): AllowedOrigins {
  const urls = settings.filter((setting) => setting !== '' && setting !== '*');
  return { any: settings.includes('*'), listed: new Set(urls.map((url) => (URL.canParse(url) ? new URL(url).origin : url))) };
}
