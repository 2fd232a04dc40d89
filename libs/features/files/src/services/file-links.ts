import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isUuid, systemClock } from '#common';
import { ServerConfig, UploadsConfig } from '#platform/config';
import { AppSecrets } from '#platform/secrets';
import { FileLinkError } from '../files.errors.js';

/** What a link shows; part of what is signed. */
export type LinkKind = 'file-preview' | 'image-preview';

/** The query of a signed link. */
export interface LinkSignature {
  /** Seconds since the epoch. */
  timestamp: string;
  /** 32 hexadecimal digits. */
  nonce: string;
  /** URL-safe base64 with padding. */
  sign: string;
}

const SIGNED_LINK = /\/files\/([0-9a-f-]{36})\/(file-preview|image-preview)\?timestamp=\d+&nonce=[0-9a-f]+&sign=[\w%=-]+/gi;

/** Signed links to files: whoever has one may read the file for a while (contract service-and-web-api 12). */
@Injectable()
export class FileLinks {
  constructor(
    private readonly secrets: AppSecrets,
    private readonly server: ServerConfig,
    private readonly uploads: UploadsConfig,
  ) {}

  /** A link for the browser. `origin` is that of the request, used when FILES_URL is unset. */
  url(fileId: string, origin: string, kind: LinkKind = 'file-preview'): string {
    return `${this.server.filesUrl || origin}${this.path(fileId, kind)}`;
  }

  /** A link for a service that fetches the file, such as a model's vendor; null when neither address is configured. */
  internalUrl(fileId: string): string | null {
    const base = this.uploads.internalFilesUrl || this.server.filesUrl;
    return base === '' ? null : `${base}${this.path(fileId, 'file-preview')}`;
  }

  /** A text with every signed link to a file of ours in it signed anew. */
  resign(text: string): string {
    if (!text.includes('/files/')) return text;
    return text.replace(SIGNED_LINK, (_, fileId: string, kind: string) => this.path(fileId, kind.toLowerCase() as LinkKind));
  }

  /** Throws 404 unless the signature was made here for this file and is young enough. */
  verify(kind: LinkKind, fileId: string, { timestamp, nonce, sign }: LinkSignature): void {
    const expected = Buffer.from(this.sign(kind, fileId, timestamp, nonce));
    const given = Buffer.from(sign);
    const isRight = expected.length === given.length && timingSafeEqual(expected, given);
    const age = Math.floor(systemClock.now() / 1000) - Number(timestamp);
    if (!isRight || !isUuid(fileId) || !/^\d{1,12}$/.test(timestamp) || age > this.uploads.accessTimeoutSeconds) throw new FileLinkError();
  }

  private path(fileId: string, kind: LinkKind): string {
    const timestamp = String(Math.floor(systemClock.now() / 1000));
    const nonce = randomBytes(16).toString('hex');
    return `/files/${fileId}/${kind}?timestamp=${timestamp}&nonce=${nonce}&sign=${encodeURIComponent(this.sign(kind, fileId, timestamp, nonce))}`;
  }

  private sign(kind: LinkKind, fileId: string, timestamp: string, nonce: string): string {
    const digest = this.secrets.hmac(`${kind}|${fileId}|${timestamp}|${nonce}`);
    return Buffer.from(digest, 'hex').toString('base64').replaceAll('+', '-').replaceAll('/', '_');
  }
}
