import { Injectable } from '@nestjs/common';
import { RunStreamConfig } from '#platform/config';
import { UnknownEventIdError } from '../bus.errors.js';
import { RedisBus } from '../redis/redis.bus.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { readStoredText } from './read-stored-text.js';
import { RedisStreamReader } from './redis-stream-reader.js';
import { RunLogs } from './run-logs.js';
import { type FollowOptions, type FrameBatch, RunStreams, type RunStreamWriter } from './run-streams.port.js';
import { isAfter, parseEventId } from './stream-frame.js';
import { StreamShipper } from './stream-shipper.js';

/** Streams of many processes: memory in the owner's, Redis for all others. */
@Injectable()
export class RedisRunStreams extends RunStreams {
  private readonly shipper: StreamShipper;
  private readonly logs: RunLogs;

  constructor(
    private readonly connections: RedisConnections,
    private readonly bus: RedisBus,
    config: RunStreamConfig,
  ) {
    super();
    const names = { stream: (runId: string) => this.key(runId), channel: (runId: string) => bus.name(channelOf(runId)) };
    this.shipper = new StreamShipper(connections, names, config);
    this.logs = new RunLogs(config, (log, stored) => this.shipper.carry(log, stored));
    connections.beforeClose(async () => {
      this.logs.close();
      await this.shipper.close();
    });
  }

  override open(runId: string, fence: number): RunStreamWriter {
    return this.logs.open(runId, fence);
  }

  override async follow(runId: string, options: FollowOptions): Promise<AsyncIterable<FrameBatch> | null> {
    const after = options.after === undefined ? undefined : parseEventId(options.after);
    const log = this.logs.get(runId);
    const isAhead = log !== undefined && after !== undefined && isAfter(after, log.last);
    // Of a later owner this process knows nothing; of its own frames everything.
    if (isAhead && after.fence === log.fence) throw new UnknownEventIdError(after);
    if (!isAhead && log?.covers(after) === true) return log.read(after, options.signal);
    const reader = new RedisStreamReader(this.connections, this.bus, this.key(runId), channelOf(runId), after, options.signal);
    const wanted = { isRunning: options.isRunning === true && log === undefined, allowGap: options.allowGap === true };
    const remote = await reader.open(wanted);
    return remote ?? (options.allowGap === true && log !== undefined ? log.read(after, options.signal) : null);
  }

  override async heldText(runId: string): Promise<string> {
    return this.logs.get(runId)?.wholeText() ?? readStoredText(this.connections, this.key(runId));
  }

  private key(runId: string): string {
    return this.connections.key('run', runId);
  }
}

function channelOf(runId: string): string {
  return `run:${runId}`;
}
