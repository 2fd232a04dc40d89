import { Global, Module } from '@nestjs/common';
import { DocsInfo } from './docs/docs-info.js';

/** The API documents and the page to browse them. */
@Global()
@Module({ providers: [DocsInfo], exports: [DocsInfo] })
export class OpenApiModule {}
