import { Get, Query, Res, type StreamableFile } from '@nestjs/common';
import { FilesController, type HttpReply, Public, UuidParam } from '#platform/http';
import { ApiBinary, ApiErrors } from '#platform/openapi';
import { UnsupportedFileTypeError } from '../files.errors.js';
import { FileService } from '../services/file.service.js';
import { SignedFileQuery } from './dto/file-preview.query.js';
import { sendFile } from './file-reply.js';

/** Files for whoever holds a signed link: image tags and vendors of models (contract service-and-web-api 12). */
@FilesController('', { tag: 'Files' })
export class SignedFilesController {
  constructor(private readonly files: FileService) {}

  /** Read a file by a signed link. */
  @Get(':file_id/file-preview')
  @Public()
  @ApiBinary('*/*')
  @ApiErrors(404)
  async filePreview(
    @UuidParam('file_id') fileId: string,
    @Query() query: SignedFileQuery,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<StreamableFile> {
    const file = await this.files.getBySignature('file-preview', fileId, query);
    return sendFile(reply, file, await this.files.open(file), {
      asAttachment: query.as_attachment ?? false,
      contentType: 'application/octet-stream',
    });
  }

  /** Read a picture by a signed link; other files are refused. Types that a browser would run, such as SVG, come as an attachment of bytes. */
  @Get(':file_id/image-preview')
  @Public()
  @ApiBinary('image/*', 'application/octet-stream')
  @ApiErrors(404, 415)
  async imagePreview(
    @UuidParam('file_id') fileId: string,
    @Query() query: SignedFileQuery,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<StreamableFile> {
    const file = await this.files.getBySignature('image-preview', fileId, query);
    if (!file.mimeType.startsWith('image/')) throw new UnsupportedFileTypeError();
    return sendFile(reply, file, await this.files.open(file), { asAttachment: query.as_attachment ?? false });
  }
}
