/** Who a controller serves; decides prefix, CORS and the API document. */
export type Audience = 'console' | 'service' | 'web' | 'files' | 'inner' | 'mcp' | 'triggers' | 'root';

/** Which origins a surface answers: any, those of a setting, or none (contract service-and-web-api 1). */
export type CorsOrigins = 'any' | 'console' | 'web' | 'none';

/** What is the same for all routes of an audience. */
export interface Surface {
  audience: Audience;
  /** Starts with a slash; no slash at its end. */
  prefix: string;
  origins: CorsOrigins;
  /** Whether cookies may come along. */
  credentials: boolean;
  /** Request headers a browser may send, in lower case. */
  requestHeaders: readonly string[];
  methods: string;
}

const METHODS = 'DELETE, GET, OPTIONS, PATCH, POST, PUT';
const APP_HEADERS = ['content-type', 'x-app-code', 'x-app-passport'] as const;

const surface = (
  audience: Audience,
  prefix: string,
  origins: CorsOrigins,
  requestHeaders: readonly string[] = [],
  rest: Partial<Surface> = {},
): Surface => ({
  audience,
  prefix,
  origins,
  credentials: false,
  requestHeaders,
  methods: METHODS,
  ...rest,
});

/** The surfaces of the product (contract service-and-web-api 1). */
export const surfaces: Readonly<Record<Audience, Surface>> = {
  console: surface('console', '/console/api', 'console', [...APP_HEADERS, 'authorization', 'x-csrf-token'], { credentials: true }),
  service: surface('service', '/v1', 'any', [...APP_HEADERS, 'authorization', 'idempotency-key', 'last-event-id']),
  web: surface('web', '/api', 'web', [...APP_HEADERS, 'authorization', 'x-csrf-token'], { credentials: true }),
  files: surface('files', '/files', 'any', [...APP_HEADERS, 'x-csrf-token']),
  inner: surface('inner', '/inner/api', 'none'),
  mcp: surface('mcp', '/mcp', 'none'),
  triggers: surface('triggers', '/triggers', 'any', ['content-type', 'authorization', 'x-app-code'], { methods: `${METHODS}, HEAD` }),
  root: surface('root', '', 'none'),
};

const BY_PREFIX = [surfaces.service, surfaces.console, surfaces.web, surfaces.files, surfaces.inner, surfaces.mcp, surfaces.triggers];

/** The surface a path belongs to. */
export function surfaceOf(path: string): Surface {
  for (const candidate of BY_PREFIX) {
    if (!path.startsWith(candidate.prefix)) continue;
    const next = path.charCodeAt(candidate.prefix.length);
    if (Number.isNaN(next) || next === 47 || next === 63) return candidate;
  }
  return surfaces.root;
}
