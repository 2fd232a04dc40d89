import { Agent, request as httpRequest } from 'node:http';

/** A file of a form. */
export interface CallFile {
  name: string;
  type: string;
  content: Uint8Array | string;
}

/** One call of a route, without who makes it. Parameters are encoded when it is sent. */
export interface Call {
  params?: Record<string, string>;
  query?: Record<string, string>;
  json?: Record<string, unknown>;
  form?: Record<string, string | CallFile>;
}

/** A request as it goes over the wire. */
export interface WireRequest {
  method: string;
  /** With query; sent as it stands, dots and broken escapes included. */
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer;
}

/** An answer, read to its end. */
export interface WireAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

const BOUNDARY = 'b0undary';

/** Longest time an answer may take; a later one counts as a hang. Unit: milliseconds. */
const HANG_MS = 20_000;

/** Fills a route's path with the parameters of a call. */
export function pathOf(route: string, { params = {}, query = {} }: Call): string {
  const path = route.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
}

/** The bytes of a multipart form. */
export function multipart(fields: NonNullable<Call['form']>): { type: string; body: Buffer } {
  const parts = Object.entries(fields).flatMap(([name, value]) => {
    const isText = typeof value === 'string';
    const file = isText ? '' : `; filename="${value.name}"\r\ncontent-type: ${value.type}`;
    const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n`;
    return [Buffer.from(head), Buffer.from(isText ? value : value.content), Buffer.from('\r\n')];
  });
  return { type: `multipart/form-data; boundary=${BOUNDARY}`, body: Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]) };
}

/** Sends requests as they are: no client in between that mends paths, headers or bodies. */
export class Wire {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(private readonly port: number) {}

  send({ method, path, headers, body }: WireRequest): Promise<WireAnswer> {
    return new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const options = { port: this.port, host: '127.0.0.1', method, path, headers: { ...length, ...headers }, agent: this.agent };
      const request = httpRequest(options, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () => {
          clearTimeout(late);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(pieces).toString() });
        });
        response.on('error', reject);
      });
      const late = setTimeout(() => request.destroy(new Error(`no whole answer within ${String(HANG_MS)} ms`)), HANG_MS);
      request.on('error', (error) => {
        clearTimeout(late);
        reject(error);
      });
      request.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
