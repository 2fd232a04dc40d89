import { Injectable } from '@nestjs/common';
import { UnexpectedError } from '#common';
import { AppRunner, type AppRunRequest, type GivenIds, type LedgerRun, type RunHandle } from '#features/runs';
import { type FrameBatch, RunStreams } from '#platform/bus';
import { ChatExecutor } from './chat-executor.js';
import { ConversationNamer } from './conversation-namer.js';
import { PastRuns } from './past-runs.js';
import { TurnPlanner } from './turn-planner.js';

/** Runs apps of the modes `chat` and `completion`. */
@Injectable()
export class ChatAppRunner extends AppRunner {
  constructor(
    private readonly planner: TurnPlanner,
    private readonly executor: ChatExecutor,
    private readonly namer: ConversationNamer,
    private readonly past: PastRuns,
    private readonly streams: RunStreams,
  ) {
    super();
  }

  async run(request: AppRunRequest, ids?: GivenIds): Promise<RunHandle> {
    const { turn, start } = await this.planner.plan(request, ids);
    const { runId, result } = await this.executor.start(turn, start);
    this.namer.schedule(turn);
    return { runId, result, frames: () => this.framesOf(runId) };
  }

  recover(run: LedgerRun): Promise<void> {
    return this.past.endInterrupted(run);
  }

  resultOf(run: LedgerRun): Promise<object> {
    return this.past.bodyOf(run);
  }

  rebuild(run: LedgerRun): Promise<string[]> {
    return this.past.framesOf(run);
  }

  private async framesOf(runId: string): Promise<AsyncIterable<FrameBatch>> {
    const frames = await this.streams.follow(runId, { isRunning: true });
    if (frames !== null) return frames;
    throw new UnexpectedError({ code: 'unknown', status: 500, message: 'The stream of a run that began here is not held.' });
  }
}
