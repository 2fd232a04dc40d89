import { Module } from '@nestjs/common';
import { FilesModule } from './files.module.js';
import { FilesConsoleController } from './http/files.console.controller.js';
import { FilesServiceController } from './http/files.service.controller.js';
import { RemoteFilesConsoleController } from './http/remote-files.console.controller.js';
import { WebappLogoConsoleController } from './http/webapp-logo.console.controller.js';
import { WebappLogoController } from './http/webapp-logo.controller.js';
import { SignedFilesController } from './http/signed-files.controller.js';

/** Routes of files: service API, console and signed links. */
@Module({
  imports: [FilesModule],
  controllers: [
    FilesConsoleController,
    FilesServiceController,
    RemoteFilesConsoleController,
    SignedFilesController,
    WebappLogoConsoleController,
    WebappLogoController,
  ],
})
export class FilesHttpModule {}
