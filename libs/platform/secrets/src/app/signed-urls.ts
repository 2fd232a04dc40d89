import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { unixSeconds } from '#common';
import { ServerConfig, UploadsConfig } from '#platform/config';
import { AppSecrets } from './app-secrets.js';

/** What a signed link carries in its query. */
export interface UrlSignature {
  /** Unix seconds as decimal text. */
  timestamp: string;
  /** 32 hex digits. */
  nonce: string;
  /** URL-safe base64 with padding. */
  sign: string;
}

const NONCE_BYTES = 16;
const SECONDS = /^\d{1,15}$/;

/** Links that open without a session for FILES_ACCESS_TIMEOUT seconds (contract console-accounts 2.5). */
@Injectable()
export class SignedUrls {
  constructor(
    private readonly secrets: AppSecrets,
    private readonly server: ServerConfig,
    private readonly uploads: UploadsConfig,
  ) {}

  /** Signs the parts of a message, such as `['file-preview', id]`. */
  sign(parts: readonly string[]): UrlSignature {
    const timestamp = String(unixSeconds(new Date()));
    const nonce = randomBytes(NONCE_BYTES).toString('hex');
    return { timestamp, nonce, sign: this.signatureOf([...parts, timestamp, nonce]).toString('base64url') + '=' };
  }

  /** Whether a signature was made by `sign` for these parts and is young enough. Missing or malformed values are false. */
  verify(parts: readonly string[], { timestamp = '', nonce = '', sign = '' }: Partial<UrlSignature>): boolean {
    if (!SECONDS.test(timestamp)) return false;
    const given = Buffer.from(sign, 'base64url');
    const expected = this.signatureOf([...parts, timestamp, nonce]);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
    return unixSeconds(new Date()) - Number(timestamp) <= this.uploads.accessTimeoutSeconds;
  }

  /**
   * Link to an uploaded file of `owner`, a workspace's or an account's id. Ids come from users, as those of pictures do, so the owner is
   * part of what is signed: a link to somebody else's file opens nothing. It starts with FILES_URL, else CONSOLE_API_URL, else `origin`
   * (the caller's view of this server); with none of them, with a slash.
   */
  uploadedFile(
    owner: string,
    id: string,
    options: { kind?: 'file-preview' | 'image-preview'; origin?: string; asAttachment?: boolean } = {},
  ): string {
    const kind = options.kind ?? 'file-preview';
    const base = this.server.filesUrl || this.server.consoleApiUrl || (options.origin ?? '');
    const query = new URLSearchParams({ ...this.sign([kind, id, owner]), ...(options.asAttachment ? { as_attachment: 'true' } : {}) });
    return `${base}/files/${encodeURIComponent(id)}/${kind}?${query.toString()}`;
  }

  private signatureOf(parts: readonly string[]): Buffer {
    return createHmac('sha256', this.secrets.secretKey).update(parts.join('|')).digest();
  }
}
