import { Module, type OnModuleInit } from '@nestjs/common';
import { ReadinessProbes } from '#platform/http';
import { FileStorage } from '#platform/storage';
import { BootstrapConsoleController } from './http/bootstrap.console.controller.js';
import { FeaturesConsoleController } from './http/features.console.controller.js';
import { OtherEditionsConsoleController } from './http/other-editions.console.controller.js';

/** Routes about the installation itself. */
@Module({ controllers: [BootstrapConsoleController, FeaturesConsoleController, OtherEditionsConsoleController] })
export class SystemHttpModule implements OnModuleInit {
  constructor(
    private readonly probes: ReadinessProbes,
    private readonly storage: FileStorage,
  ) {}

  onModuleInit(): void {
    this.probes.register('storage', () => this.storage.check());
  }
}
