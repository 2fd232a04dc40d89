import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { isUuid } from '#common';
import { Bus } from '#platform/bus';
import { RunRepository } from '../repositories/run.repository.js';
import type { RunPrincipal } from '../run.js';
import { RunRegistry } from './run-registry.js';

const CHANNEL = 'runs.stop';

/** Stops runs, here or in the process that executes them. */
@Injectable()
export class RunStopper implements OnModuleInit {
  private readonly logger = new Logger(RunStopper.name);

  constructor(
    private readonly registry: RunRegistry,
    private readonly runs: RunRepository,
    private readonly bus: Bus,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.bus.subscribe(CHANNEL, (message) => {
      if (typeof message === 'string') this.registry.abort(message, 'stopped');
    });
  }

  /**
   * Stops a run of its principal. Unknown, finished and foreign tasks are no error: the answer is the same, and nothing
   * happens (contract service-and-web-api 9.1). A message that is lost only delays the stop until the owner's next heartbeat.
   */
  async stop(key: { tenantId: string; appId: string; runId: string; principal: RunPrincipal }): Promise<void> {
    const here = this.registry.find(key.runId);
    if (here) {
      const isOwn = here.tenantId === key.tenantId && here.appId === key.appId && here.principal === key.principal;
      if (isOwn) this.registry.abort(key.runId, 'stopped');
      return;
    }
    if (!isUuid(key.runId) || !(await this.runs.requestStop(key))) return;
    await this.bus
      .publish(CHANNEL, key.runId)
      .catch((error: unknown) => this.logger.warn({ msg: 'a stop travels by the ledger alone', runId: key.runId, err: error }));
  }
}
