import { Get, Res, type StreamableFile } from '@nestjs/common';
import { FilesController, type HttpReply, Public, UuidParam } from '#platform/http';
import { ApiBinary, ApiErrors } from '#platform/openapi';
import { FileService } from '../services/file.service.js';
import { WebappLogos } from '../services/webapp-logos.js';
import { sendFile } from './file-reply.js';

/** The logo of a workspace's web apps, for everybody who sees one (contract service-and-web-api 12). */
@FilesController('workspaces', { tag: 'Files' })
export class WebappLogoController {
  constructor(
    private readonly logos: WebappLogos,
    private readonly files: FileService,
  ) {}

  /** Get the logo of a workspace's web apps. */
  @Get(':workspace_id/webapp-logo')
  @Public()
  @ApiBinary('image/*')
  @ApiErrors(404)
  async logo(@UuidParam('workspace_id') workspaceId: string, @Res({ passthrough: true }) reply: HttpReply): Promise<StreamableFile> {
    const file = await this.logos.get(workspaceId);
    return sendFile(reply, file, await this.files.open(file), { asAttachment: false, contentType: file.mimeType, cached: true });
  }
}
