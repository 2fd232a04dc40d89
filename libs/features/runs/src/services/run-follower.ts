import { Injectable } from '@nestjs/common';
import { isUuid } from '#common';
import { type FrameBatch, RunStreams } from '#platform/bus';
import { AppRunners } from '../app-runners.js';
import { RunRepository } from '../repositories/run.repository.js';
import type { LedgerRun, RunPrincipal } from '../run.js';
import { RunNotFoundError } from '../runs.errors.js';

/** Replays and follows the frames of a run for the principal that started it. */
@Injectable()
export class RunFollower {
  constructor(
    private readonly runs: RunRepository,
    private readonly streams: RunStreams,
    private readonly runners: AppRunners,
  ) {}

  /**
   * Frames after `after`, or all. What is held nowhere any more is rebuilt from the rows of the run. Throws
   * {@link RunNotFoundError} for unknown runs and those of others.
   */
  async follow(
    key: { tenantId: string; appId: string; runId: string; principal: RunPrincipal },
    options: { after?: string; signal: AbortSignal },
  ): Promise<AsyncIterable<FrameBatch>> {
    const run = isUuid(key.runId) ? await this.runs.findOwn(key) : null;
    if (!run) throw new RunNotFoundError();
    const held = await this.streams.follow(run.id, { ...options, isRunning: run.state === 'running' });
    return held ?? this.rebuilt(run);
  }

  private async *rebuilt(run: LedgerRun): AsyncIterable<FrameBatch> {
    const texts = (await this.runners.find(run.mode)?.rebuild(run)) ?? [];
    const frames = texts.map((text, index) => ({ id: `${String(run.fence)}-${String(index + 1)}`, text }));
    yield Object.assign(frames, { text: texts.join('') });
  }
}
