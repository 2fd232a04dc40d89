import { Get, HttpCode, Post } from '@nestjs/common';
import { ForbiddenError } from '#common';
import { UploadsConfig } from '#platform/config';
import {
  ConsoleAccess,
  ConsoleController,
  type ConsolePrincipal,
  CurrentConsole,
  Form,
  RequestOrigin,
  type UploadForm,
  UuidParam,
} from '#platform/http';
import { ApiErrors, ApiForm } from '#platform/openapi';
import { DOCUMENT_EXTENSIONS } from '../files.constants.js';
import { FileLinks } from '../services/file-links.js';
import { FileUploadService } from '../services/file-upload.service.js';
import { FileService } from '../services/file.service.js';
import { FilePreviewResponse, SupportedTypesResponse } from './dto/file-preview.response.js';
import { UploadConfigResponse } from './dto/upload-config.response.js';
import { UploadFileResponse } from './dto/upload-file.response.js';
import { singleFileOf } from './single-file.js';
import { uploaderOf } from './uploader-of.js';

/** Files of members. */
@ConsoleController('files', { tag: 'Files' })
export class FilesConsoleController {
  constructor(
    private readonly uploads: FileUploadService,
    private readonly files: FileService,
    private readonly links: FileLinks,
    private readonly config: UploadsConfig,
  ) {}

  /** Tell what may be uploaded. */
  @Get('upload')
  @ConsoleAccess()
  limits(): UploadConfigResponse {
    return UploadConfigResponse.from(this.config);
  }

  /** Tell which documents a knowledge base takes. */
  @Get('support-type')
  @ConsoleAccess()
  supportedTypes(): SupportedTypesResponse {
    return { allowed_extensions: DOCUMENT_EXTENSIONS.flatMap((extension) => [extension, extension.toUpperCase()]) };
  }

  /**
   * Upload a file.
   * @remarks Multipart form with one part `file`; the field `source` with the value `datasets` takes documents only.
   */
  @Post('upload')
  @HttpCode(201)
  @ConsoleAccess()
  @ApiForm(
    { name: 'file', kind: 'file', required: true },
    { name: 'source', kind: 'text', description: '`datasets` takes documents only.' },
  )
  @ApiErrors(413, 415)
  async upload(
    @CurrentConsole() member: ConsolePrincipal,
    @Form() form: UploadForm,
    @RequestOrigin() origin: string,
  ): Promise<UploadFileResponse> {
    const documentsOnly = form.fields.source === 'datasets';
    const part = singleFileOf(form);
    if (documentsOnly && member.role === 'normal') throw new ForbiddenError();
    const { filename: name, mimetype: declaredType, size } = part;
    const file = await this.uploads.store({
      tenantId: member.tenantId,
      uploader: uploaderOf(member),
      name,
      declaredType,
      size,
      data: part.stream(),
      documentsOnly,
    });
    return UploadFileResponse.from(file, this.links.url(file.tenantId, file.id, origin));
  }

  /** Show the beginning of a document that is plain text. */
  @Get(':file_id/preview')
  @ConsoleAccess()
  @ApiErrors(404, 415)
  async preview(@CurrentConsole() member: ConsolePrincipal, @UuidParam('file_id') fileId: string): Promise<FilePreviewResponse> {
    return { content: await this.files.previewText(member.tenantId, fileId) };
  }
}
