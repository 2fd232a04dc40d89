import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** An answer as tests look at it. */
export interface ConsoleAnswer {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  /** Parsed JSON, as loosely typed as `JSON.parse` gives it, or the text where it is none. */
  body: ReturnType<typeof JSON.parse>;
}

/** A cookie as it was set. */
export interface SetCookie {
  name: string;
  value: string;
  attributes: Record<string, string>;
}

/** Plays the web console: keeps cookies, repeats the CSRF cookie in the header. */
export class ConsoleClient {
  readonly cookies = new Map<string, string>();
  /** Cookies of the last answer, with their attributes. */
  lastCookies: SetCookie[] = [];

  constructor(
    private readonly app: NestFastifyApplication,
    private readonly defaults: Record<string, string> = {},
  ) {}

  get(path: string, headers: Record<string, string> = {}): Promise<ConsoleAnswer> {
    return this.send('GET', path, undefined, headers);
  }

  /** Sends JSON; without a body none. */
  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ConsoleAnswer> {
    return this.send('POST', path, body, headers);
  }

  /** Signs in; the password is sent as the console does, in base64. */
  login(email: string, password: string): Promise<ConsoleAnswer> {
    return this.post('/login', { email, password: Buffer.from(password).toString('base64'), remember_me: true, language: 'en-US' });
  }

  async send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ConsoleAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const csrf = this.cookies.get('csrf_token') ?? this.cookies.get('__Host-csrf_token');
    const response = await this.app.inject({
      method,
      url: `/console/api${path}`,
      headers: {
        ...(cookie === '' ? {} : { cookie }),
        ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.defaults,
        ...headers,
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    this.keep(response.headers['set-cookie']);
    return { status: response.statusCode, headers: response.headers, body: parse(response.body) };
  }

  private keep(header: string | string[] | undefined): void {
    this.lastCookies = (Array.isArray(header) ? header : header === undefined ? [] : [header]).map(parseSetCookie);
    for (const { name, value } of this.lastCookies) {
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

function parseSetCookie(header: string): SetCookie {
  const [pair = '', ...rest] = header.split('; ');
  const attributes = Object.fromEntries(rest.map((item) => [item.split('=')[0]?.toLowerCase() ?? '', item.split('=')[1] ?? '']));
  return { name: pair.slice(0, pair.indexOf('=')), value: decodeURIComponent(pair.slice(pair.indexOf('=') + 1)), attributes };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
