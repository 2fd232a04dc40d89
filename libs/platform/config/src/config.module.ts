import { type DynamicModule, Global, Module } from '@nestjs/common';
import { LoadedConfig } from './load-config.js';

/** Makes every configuration class injectable by its type. */
@Global()
@Module({})
export class ConfigModule {
  /** Provides the classes of an already checked configuration. */
  static forRoot(config: LoadedConfig): DynamicModule {
    const providers = [
      { provide: LoadedConfig, useValue: config },
      ...[...config.entries()].map(([type, instance]) => ({ provide: type, useValue: instance })),
    ];
    return { module: ConfigModule, providers, exports: providers };
  }
}
