import { Module } from '@nestjs/common';
import { AppsModule } from './apps.module.js';
import { PurgeAppProcessor } from './jobs/purge-app.processor.js';

/** Jobs of apps. */
@Module({ imports: [AppsModule], providers: [PurgeAppProcessor] })
export class AppsWorkerModule {}
