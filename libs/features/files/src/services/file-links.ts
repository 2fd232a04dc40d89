import { Injectable } from '@nestjs/common';
import { ServerConfig, UploadsConfig } from '#platform/config';
import { SignedUrls, type UrlSignature } from '#platform/secrets';
import type { UploadFile } from '../upload-file.js';

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

  /** A link for the browser; it opens a file of this workspace only. `origin` is that of the request, used where no public address is configured. */
  url(tenantId: string, fileId: string, origin: string): string {
    return this.urls.uploadedFile(tenantId, fileId, { origin });
  }

  /** A link for a service that fetches the file, such as a model's vendor; null where no address is configured. */
  internalUrl(tenantId: string, fileId: string): string | null {
    const base = this.uploads.internalFilesUrl || this.server.filesUrl;
    return base === '' ? null : `${base}${this.path(tenantId, fileId, 'file-preview')}`;
  }

  /** A text with every signed link to a file of ours in it signed anew, as one to a file of this workspace. */
  resign(tenantId: string, text: string): string {
    if (!text.includes('/files/')) return text;
    return text.replace(SIGNED_LINK, (_, fileId: string, kind: string) => this.path(tenantId, fileId, kind.toLowerCase() as LinkKind));
  }

  /** Whether a signature was made here for this file, as one of its workspace or of the account that brought it, and is young enough. */
  holds(kind: LinkKind, file: UploadFile, signature: LinkSignature): boolean {
    const owners = file.createdByRole === 'account' ? [file.tenantId, file.createdBy] : [file.tenantId];
    return owners.some((owner) => this.urls.verify([kind, file.id, owner], signature));
  }

  private path(tenantId: string, fileId: string, kind: LinkKind): string {
    return `/files/${fileId}/${kind}?${new URLSearchParams({ ...this.urls.sign([kind, fileId, tenantId]) }).toString()}`;
  }
}
