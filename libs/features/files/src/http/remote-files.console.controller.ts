import { Body, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ConsoleAccess, ConsoleController, type ConsolePrincipal, CurrentConsole, RequestOrigin } from '#platform/http';
import { ApiErrors } from '#platform/openapi';
import { FileLinks } from '../services/file-links.js';
import { RemoteFiles } from '../services/remote-files.service.js';
import { RemoteFileUploadRequest } from './dto/remote-file-upload.request.js';
import { RemoteFileInfoResponse, RemoteFileUploadResponse } from './dto/remote-file.response.js';
import { uploaderOf } from './uploader-of.js';

/** Files at addresses a member names; fetched by the guarded client. */
@ConsoleController('remote-files', { tag: 'Files' })
export class RemoteFilesConsoleController {
  constructor(
    private readonly remote: RemoteFiles,
    private readonly links: FileLinks,
  ) {}

  /** Fetch a file from an address and keep it. */
  @Post('upload')
  @HttpCode(201)
  @ConsoleAccess()
  @ApiErrors(413, 415)
  async upload(
    @CurrentConsole() member: ConsolePrincipal,
    @Body() body: RemoteFileUploadRequest,
    @RequestOrigin() origin: string,
  ): Promise<RemoteFileUploadResponse> {
    const file = await this.remote.upload(member.tenantId, uploaderOf(member), body.url);
    return RemoteFileUploadResponse.from(file, this.links.url(file.tenantId, file.id, origin));
  }

  /** Tell type and size of a file at an address, which is percent-encoded in the path. */
  @Get(':url')
  @ConsoleAccess()
  async info(@Param('url') url: string): Promise<RemoteFileInfoResponse> {
    const { mimeType, size } = await this.remote.probe(url);
    return { file_type: mimeType, file_length: size };
  }
}
