import { Module } from '@nestjs/common';
import { AppsModule } from './apps.module.js';
import { AppInfoServiceController } from './http/app-info.service.controller.js';
import { AppSettingsConsoleController } from './http/app-settings.console.controller.js';
import { AppsConsoleController } from './http/apps.console.controller.js';

/** Routes of apps. */
@Module({ imports: [AppsModule], controllers: [AppsConsoleController, AppSettingsConsoleController, AppInfoServiceController] })
export class AppsHttpModule {}
