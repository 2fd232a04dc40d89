import { SlotMap, UnexpectedError } from '#common';
import type { RunStreamConfig } from '#platform/config';
import type { RunStreamWriter } from './run-streams.port.js';
import { type LogCarrier, RunLog } from './run-log.js';

/** What a stream and a frame cost besides their texts. Unit: bytes, estimated. */
const STREAM_OVERHEAD = 1000;
const FRAME_OVERHEAD = 8;

/** Makes the carrier of a stream that begins; it calls `stored` when all of an ended stream can be read elsewhere. */
export type CarrierFactory = (log: RunLog, stored: () => void) => LogCarrier;

/** All streams whose owner is this process, and for a short time those that ended. */
export class RunLogs {
  private readonly logs = new SlotMap<RunLog>();
  /** Ended streams, the oldest first. */
  private readonly finished = new SlotMap<RunLog>();
  private finishedBytes = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly config: RunStreamConfig,
    private readonly carry: CarrierFactory | null = null,
  ) {}

  get(runId: string): RunLog | undefined {
    return this.logs.get(runId);
  }

  open(runId: string, fence: number): RunStreamWriter {
    return this.writerOf(this.logFor(runId, fence), fence);
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private logFor(runId: string, fence: number): RunLog {
    const former = this.logs.get(runId);
    if (former !== undefined && former.fence >= fence) {
      throw new UnexpectedError({
        code: 'stream_fence_stale',
        status: 500,
        message: `The stream of run ${runId} was opened with fence ${String(fence)} after ${String(former.fence)}.`,
      });
    }
    if (former !== undefined && !former.isEnded && former.fence + 1 === fence) {
      former.takeOver(fence);
      return former;
    }
    // Another process owned the run in between: what is held here has a gap.
    if (former?.isEnded === false) former.interrupt();
    if (former !== undefined) this.drop(former);
    const log = new RunLog(runId, fence, this.config);
    this.logs.set(runId, log);
    log.carrier = this.carry?.(log, () => this.drop(log)) ?? null;
    return log;
  }

  private writerOf(log: RunLog, fence: number): RunStreamWriter {
    const isOver = (): boolean => log.isEnded || log.fence !== fence;
    return {
      push: (frames) => {
        if (frames.length > 0 && !isOver()) log.push(frames);
      },
      end: () => {
        if (isOver()) return;
        log.end();
        this.retire(log);
      },
    };
  }

  private retire(log: RunLog): void {
    log.leavesAt = Date.now() + this.config.keepMs;
    this.finished.set(log.runId, log);
    this.finishedBytes += sizeOf(log);
    this.sweep();
  }

  private sweep(): void {
    const now = Date.now();
    for (const log of this.finished.values()) {
      if (log.leavesAt > now && this.finishedBytes <= this.config.keepBytes) break;
      this.drop(log);
    }
    const [next] = this.finished.values();
    if (next === undefined || this.timer !== undefined) return;
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        this.sweep();
      },
      Math.max(10, next.leavesAt - now),
    ).unref();
  }

  private drop(log: RunLog): void {
    if (this.finished.get(log.runId) === log) {
      this.finished.delete(log.runId);
      this.finishedBytes -= sizeOf(log);
    }
    if (this.logs.get(log.runId) === log) this.logs.delete(log.runId);
    log.carrier?.dropped();
  }
}

function sizeOf(log: RunLog): number {
  return log.heldBytes + log.heldFrames * FRAME_OVERHEAD + STREAM_OVERHEAD;
}
