import { Module } from '@nestjs/common';
import { FileGrants } from './file-grants.js';
import { UploadFileRepository } from './repositories/upload-file.repository.js';
import { FileLinks } from './services/file-links.js';
import { FileUploadService } from './services/file-upload.service.js';
import { FileService } from './services/file.service.js';
import { RemoteFiles } from './services/remote-files.service.js';
import { UploadLimits } from './services/upload-limits.js';

/** Uploaded and fetched files, and who may read them. */
@Module({
  providers: [FileGrants, FileLinks, FileService, FileUploadService, RemoteFiles, UploadFileRepository, UploadLimits],
  exports: [FileGrants, FileLinks, FileService, FileUploadService, RemoteFiles],
})
export class FilesModule {}
