import { Injectable } from '@nestjs/common';
import { isUuid } from '#common';
import { ServerConfig, UploadsConfig } from '#platform/config';
import { SignedUrls, type UrlSignature } from '#platform/secrets';
import { FileLinkError } from '../files.errors.js';

/** What a link shows; part of what is signed. */
export type LinkKind = 'file-preview' | 'image-preview';

/** The query of a signed link, as it came. */
export type LinkSignature = Partial<UrlSignature>;

const SIGNED_LINK = /\/files\/([0-9a-f-]{36})\/(file-preview|image-preview)\?timestamp=\d+&nonce=[0-9a-f]+&sign=[\w%=-]+/gi;

/** Signed links to files: whoever has one may read the file for a while (contract service-and-web-api 12). */
@Injectable()
export class FileLinks {
  constructor(
    private readonly urls: SignedUrls,
    private readonly server: ServerConfig,
    private readonly uploads: UploadsConfig,
  ) {}

  /** A link for the browser. `origin` is that of the request, used where no public address is configured. */
  url(fileId: string, origin: string): string {
    return this.urls.uploadedFile(fileId, { origin });
  }

  /** A link for a service that fetches the file, such as a model's vendor; null where no address is configured. */
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
  verify(kind: LinkKind, fileId: string, signature: LinkSignature): void {
    if (!isUuid(fileId) || !this.urls.verify([kind, fileId], signature)) throw new FileLinkError();
  }

  private path(fileId: string, kind: LinkKind): string {
    return `/files/${fileId}/${kind}?${new URLSearchParams({ ...this.urls.sign([kind, fileId]) }).toString()}`;
  }
}
