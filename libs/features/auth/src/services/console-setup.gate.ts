import { Injectable } from '@nestjs/common';
import { SecurityConfig } from '#platform/config';
import { SetupGate } from '#platform/http';
import { NotInitValidatedError, NotSetUpError } from '../auth.errors.js';
import { SetupService } from './setup.service.js';

/** Refuses everybody while the installation is not set up (contract console-accounts 1.2). */
@Injectable()
export class ConsoleSetupGate extends SetupGate {
  constructor(
    private readonly setup: SetupService,
    private readonly config: SecurityConfig,
  ) {
    super();
  }

  async check(): Promise<void> {
    if (await this.setup.isFinished()) return;
    throw this.config.initPassword ? new NotInitValidatedError() : new NotSetUpError();
  }
}
