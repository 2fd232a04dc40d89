import { Injectable } from '@nestjs/common';
import { isUuid } from '#common';
import { type FrameBatch, type FramePosition, parseEventId, RunStreams, UnknownEventIdError } from '#platform/bus';
import { AppRunners } from '../app-runners.js';
import { RunRepository } from '../repositories/run.repository.js';
import type { LedgerRun, RunPrincipal } from '../run.js';
import { RunNotFoundError } from '../runs.errors.js';

/** Frames that are rebuilt are numbered from here on, so that no one takes them for those that were sent while the run went on. */
const REBUILT_FROM = 1_000_000_001;

/** Replays and follows the frames of a run for the principal that started it. */
@Injectable()
export class RunFollower {
  constructor(
    private readonly runs: RunRepository,
    private readonly streams: RunStreams,
    private readonly runners: AppRunners,
  ) {}

  /**
   * Frames after `after`, or all. What is held nowhere any more is rebuilt from the rows of the run: whole, whatever of it was
   * read before. Throws {@link RunNotFoundError} for unknown runs and those of others, UnknownEventIdError (400) for an `after`
   * that the run never came to.
   */
  async follow(
    key: { tenantId: string; appId: string; runId: string; principal: RunPrincipal },
    options: { after?: string; signal: AbortSignal },
  ): Promise<AsyncIterable<FrameBatch>> {
    const run = isUuid(key.runId) ? await this.runs.findOwn(key) : null;
    if (!run) throw new RunNotFoundError();
    const held = await this.streams.follow(run.id, { ...options, isRunning: run.state === 'running' });
    return held ?? this.rebuilt(run, options.after === undefined ? undefined : parseEventId(options.after));
  }

  private async *rebuilt(run: LedgerRun, after: FramePosition | undefined): AsyncIterable<FrameBatch> {
    const texts = (await this.runners.find(run.mode)?.rebuild(run)) ?? [];
    const known = after !== undefined && after.n >= REBUILT_FROM ? after.n - REBUILT_FROM + 1 : 0;
    if (after !== undefined && (after.fence > run.fence || known > texts.length)) throw new UnknownEventIdError(after);
    const frames = texts.map((text, index) => ({ id: `${String(run.fence)}-${String(REBUILT_FROM + index)}`, text })).slice(known);
    yield Object.assign(frames, { text: texts.slice(known).join('') });
  }
}
