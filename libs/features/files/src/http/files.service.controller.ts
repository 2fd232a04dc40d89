import { Get, HttpCode, Post, Query, Res, type StreamableFile } from '@nestjs/common';
import {
  AppKeyAccess,
  type AppKeyPrincipal,
  CurrentApp,
  Form,
  type HttpReply,
  RequestOrigin,
  ServiceController,
  type UploadForm,
  UuidParam,
} from '#platform/http';
import { ApiBinary, ApiErrors, ApiForm } from '#platform/openapi';
import { FileLinks } from '../services/file-links.js';
import { FileUploadService } from '../services/file-upload.service.js';
import { FileService } from '../services/file.service.js';
import { FilePreviewQuery } from './dto/file-preview.query.js';
import { UploadFileResponse } from './dto/upload-file.response.js';
import { sendFile } from './file-reply.js';
import { singleFileOf } from './single-file.js';
import { uploaderOf } from './uploader-of.js';

/** Files of an app's end users (contract service-and-web-api 12). */
@ServiceController('files', { tag: 'Files' })
export class FilesServiceController {
  constructor(
    private readonly uploads: FileUploadService,
    private readonly files: FileService,
    private readonly links: FileLinks,
  ) {}

  /**
   * Upload a file to be sent with a message or as an input.
   * @remarks Multipart form with one part `file` and the field `user`. Limits: images 10 MB, audio 50 MB, video 100 MB, others 15 MB unless configured otherwise.
   */
  @Post('upload')
  @HttpCode(201)
  @AppKeyAccess({ user: 'form' })
  @ApiForm({ name: 'file', kind: 'file', required: true }, { name: 'user', kind: 'text', description: 'The end user.' })
  @ApiErrors(413, 415)
  async upload(@CurrentApp() app: AppKeyPrincipal, @Form() form: UploadForm, @RequestOrigin() origin: string): Promise<UploadFileResponse> {
    const part = singleFileOf(form);
    const { filename: name, mimetype: declaredType, size } = part;
    const file = await this.uploads.store({
      tenantId: app.tenantId,
      uploader: uploaderOf(app),
      name,
      declaredType,
      size,
      data: part.stream(),
    });
    return UploadFileResponse.from(file, this.links.url(file.tenantId, file.id, origin));
  }

  /**
   * Read a file that is attached to a message of this app.
   * @remarks With `user` only files of messages of this end user are read.
   */
  @Get(':file_id/preview')
  @AppKeyAccess({ user: 'query' })
  @ApiBinary('*/*')
  @ApiErrors(403, 404)
  async preview(
    @CurrentApp() app: AppKeyPrincipal,
    @UuidParam('file_id') fileId: string,
    @Query() query: FilePreviewQuery,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<StreamableFile> {
    const { tenantId, appId, endUser } = app;
    const endUserId = endUser === null || endUser.isAnonymous ? null : endUser.id;
    const file = await this.files.getForApp({ tenantId, appId, endUserId }, fileId);
    return sendFile(reply, file, await this.files.open(file), { asAttachment: query.as_attachment ?? false, cached: true });
  }
}
