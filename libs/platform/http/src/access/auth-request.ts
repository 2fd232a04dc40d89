import type { FastifyRequest } from 'fastify';
import { UnreadableBody } from '../body/unreadable-body.js';
import { readForm } from '../body/upload-form.js';
import type { UploadForm } from '../body/upload-form.js';

/** What an authenticator may look at. */
export class AuthRequest {
  constructor(private readonly request: FastifyRequest) {}

  get method(): string {
    return this.request.method;
  }

  /** Path with the query, as sent. */
  get url(): string {
    return this.request.url;
  }

  /** Names in lower case. */
  get headers(): FastifyRequest['headers'] {
    return this.request.headers;
  }

  get cookies(): Readonly<Record<string, string | undefined>> {
    return this.request.cookies;
  }

  /** Path parameters, decoded. */
  get params(): Readonly<Record<string, string | undefined>> {
    return this.request.params as Record<string, string | undefined>;
  }

  /** Query parameters; a list where a name came more than once. */
  get query(): Readonly<Record<string, string | string[] | undefined>> {
    return this.request.query as Record<string, string | string[] | undefined>;
  }

  /** The caller's address; X-Forwarded-For counts for trusted proxies only. */
  get ip(): string {
    return this.request.ip;
  }

  /** The parsed JSON body, unvalidated. Throws the 400 or 415 of a body that could not be read. */
  get body(): unknown {
    const { body } = this.request;
    if (body instanceof UnreadableBody) throw body.error;
    return body;
  }

  /** The parsed multipart form, read once a request; empty for a body of another type. Throws 400 or 413. */
  form(): Promise<UploadForm> {
    return readForm(this.request);
  }

  /** The token of an `Authorization: Bearer` header (scheme in any case), or null. */
  get bearer(): string | null {
    const header = this.request.headers.authorization;
    return header !== undefined && /^bearer /i.test(header) ? header.slice(7).trim() : null;
  }
}
