import { Injectable } from '@nestjs/common';
import { WorkspaceService } from '#features/workspaces';
import type { ConsolePrincipal, UploadedPart } from '#platform/http';
import { UnsupportedFileTypeError, WebappLogoNotFoundError } from '../files.errors.js';
import type { UploadFile } from '../upload-file.js';
import { FileService } from './file.service.js';
import { FileUploadService } from './file-upload.service.js';

const LOGO_NAME = /\.(?:png|svg)$/i;

/** Logos that replace the product's in the web apps of a workspace. */
@Injectable()
export class WebappLogos {
  constructor(
    private readonly uploads: FileUploadService,
    private readonly files: FileService,
    private readonly workspaces: WorkspaceService,
  ) {}

  /** Keeps a picture; it shows once the workspace names it. Throws `UnsupportedFileTypeError` (415), `FileTooLargeError` (413). */
  async store({ tenantId, accountId }: ConsolePrincipal, part: UploadedPart): Promise<UploadFile> {
    if (!LOGO_NAME.test(part.filename)) throw new UnsupportedFileTypeError();
    return this.uploads.store({
      tenantId,
      uploader: { role: 'account', id: accountId },
      name: part.filename,
      declaredType: part.mimetype,
      size: part.size,
      data: part.stream(),
    });
  }

  /** The logo that a workspace named, of its own pictures. Throws `WebappLogoNotFoundError` (404). */
  async get(tenantId: string): Promise<UploadFile> {
    const id = (await this.workspaces.lookOf(tenantId))?.logoFileId;
    const file = id === null || id === undefined ? undefined : (await this.files.findMany(tenantId, [id])).get(id);
    if (!file?.mimeType.startsWith('image/')) throw new WebappLogoNotFoundError();
    return file;
  }
}
