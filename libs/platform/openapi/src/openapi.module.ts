import { Global, Module } from '@nestjs/common';
import { DocsController } from './docs/docs.controller.js';
import { DocsInfo } from './docs/docs-info.js';

/** The API documents and the page to browse them. */
@Global()
@Module({ controllers: [DocsController], providers: [DocsInfo], exports: [DocsInfo] })
export class OpenApiModule {}
