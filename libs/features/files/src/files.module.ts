import { Module, type OnModuleInit } from '@nestjs/common';
import { WorkspacePurge, WorkspacesModule } from '#features/workspaces';
import { FileGrants } from './file-grants.js';
import { UploadFileRepository } from './repositories/upload-file.repository.js';
import { FileLinks } from './services/file-links.js';
import { FileUploadService } from './services/file-upload.service.js';
import { FileService } from './services/file.service.js';
import { FilePurge } from './services/file-purge.js';
import { RemoteFiles } from './services/remote-files.service.js';
import { WebappLogos } from './services/webapp-logos.js';
import { UploadLimits } from './services/upload-limits.js';

/** Uploaded and fetched files, and who may read them. */
@Module({
  imports: [WorkspacesModule],
  providers: [
    FileGrants,
    FileLinks,
    FilePurge,
    FileService,
    FileUploadService,
    RemoteFiles,
    UploadFileRepository,
    UploadLimits,
    WebappLogos,
  ],
  exports: [FileGrants, FileLinks, FileService, FileUploadService, RemoteFiles, WebappLogos],
})
export class FilesModule implements OnModuleInit {
  constructor(
    private readonly workspacePurge: WorkspacePurge,
    private readonly files: FilePurge,
  ) {}

  onModuleInit(): void {
    this.workspacePurge.register('files', (tenantId, signal) => this.files.purge(tenantId, signal));
  }
}
