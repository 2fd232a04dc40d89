import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { RunStreamConfig } from '#platform/config';
import { UnknownEventIdError } from '../bus.errors.js';
import { type FollowOptions, type FrameBatch, RunStreams, type RunStreamWriter } from './run-streams.port.js';
import { RunLogs } from './run-logs.js';
import { isAfter, parseEventId } from './stream-frame.js';

/** The streams of a single process. */
@Injectable()
export class MemoryRunStreams extends RunStreams implements OnApplicationShutdown {
  private readonly logs: RunLogs;

  constructor(config: RunStreamConfig) {
    super();
    this.logs = new RunLogs(config);
  }

  override open(runId: string, fence: number): RunStreamWriter {
    return this.logs.open(runId, fence);
  }

  override async follow(runId: string, options: FollowOptions): Promise<AsyncIterable<FrameBatch> | null> {
    const after = options.after === undefined ? undefined : parseEventId(options.after);
    const log = this.logs.get(runId);
    if (log !== undefined && after !== undefined && isAfter(after, log.last)) throw new UnknownEventIdError(after);
    if (log === undefined || !(options.allowGap === true || log.covers(after))) return null;
    return log.read(after, options.signal);
  }

  override heldText(runId: string): Promise<string> {
    return Promise.resolve(this.logs.get(runId)?.wholeText() ?? '');
  }

  onApplicationShutdown(): void {
    this.logs.close();
  }
}
