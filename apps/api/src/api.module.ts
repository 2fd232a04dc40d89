import { type DynamicModule, Module } from '@nestjs/common';
import type { LoadedConfig } from '#platform/config';
import { platformModules } from '../../shared/src/platform.modules.js';

/** The HTTP process: every feature with its controllers; with `ROLE=all` the job processors as well. */
@Module({})
export class ApiModule {
  static forRoot(config: LoadedConfig): DynamicModule {
    return { module: ApiModule, imports: [...platformModules(config, [])] };
  }
}
