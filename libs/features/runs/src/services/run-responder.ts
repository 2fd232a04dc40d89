import { Injectable } from '@nestjs/common';
import { AbortSwitch, uuidv7 } from '#common';
import { type FrameSource, type HttpReply, StreamResponder, type StreamOptions, wantsEventIds } from '#platform/http';
import { type AppRunner, AppRunners, type AppRunRequest, type RunHandle } from '../app-runners.js';
import { RunRepository } from '../repositories/run.repository.js';
import { AppModeUnavailableError, RunNotFoundError } from '../runs.errors.js';
import { RunFollower } from './run-follower.js';
import { RunIdempotency } from './run-idempotency.js';

/** How a caller wants his run answered. */
export interface RespondOptions {
  reply: HttpReply;
  /** Claims the run for this key: the same body gets the same run. Null for none. */
  idempotencyKey: string | null;
  /** What an idempotency key stands for. */
  body: unknown;
  /** How a stream is sent. */
  stream?: Omit<StreamOptions, 'eventIds' | 'onDisconnect'>;
}

/** Runs apps for HTTP callers: one body at the end, or a stream; a caller who leaves never stops a run. */
@Injectable()
export class RunResponder {
  constructor(
    private readonly runners: AppRunners,
    private readonly idempotency: RunIdempotency,
    private readonly follower: RunFollower,
    private readonly runs: RunRepository,
    private readonly streams: StreamResponder,
  ) {}

  /** Runs the app. Resolves with the body of a blocking answer, or with undefined once a stream was sent. */
  async respond(request: AppRunRequest, options: RespondOptions): Promise<object | undefined> {
    const runner = this.runners.find(request.mode);
    if (!runner) throw new AppModeUnavailableError(request.mode);
    const requestId = options.reply.request.id;
    if (options.idempotencyKey === null) return this.answer(await runner.run(request, { requestId }), request, options);
    const { tenantId, appId, principal } = request;
    const scope = { tenantId, appId, principal, key: options.idempotencyKey };
    const runId = uuidv7();
    const earlier = await this.idempotency.claim(scope, { runId, body: options.body });
    if (earlier !== null) return this.replay(runner, request, earlier, options);
    let handle: RunHandle;
    try {
      handle = await runner.run(request, { requestId, runId });
    } catch (error) {
      await this.idempotency.release(scope, runId);
      throw error;
    }
    return this.answer(handle, request, options);
  }

  private async answer(handle: RunHandle, request: AppRunRequest, options: RespondOptions): Promise<object | undefined> {
    if (request.stream) return this.stream(await handle.frames(), options);
    return asJson(options.reply, await handle.result);
  }

  /** Answers with a run that an earlier request began. */
  private async replay(runner: AppRunner, request: AppRunRequest, runId: string, options: RespondOptions): Promise<object | undefined> {
    const key = { tenantId: request.tenantId, appId: request.appId, runId, principal: request.principal };
    if (request.stream) return this.stream((signal) => this.follower.follow(key, { signal }), options);
    const reader = (await this.follower.follow(key, { signal: new AbortSwitch() }))[Symbol.asyncIterator]();
    while ((await reader.next()).done !== true);
    const run = await this.runs.findOwn(key);
    if (!run) throw new RunNotFoundError();
    return asJson(options.reply, await runner.resultOf(run));
  }

  private async stream(frames: FrameSource, { reply, stream }: RespondOptions): Promise<undefined> {
    await this.streams.respond(reply, frames, { ...stream, eventIds: wantsEventIds(reply.request) });
    return undefined;
  }
}

/** Blocking answers name their charset, as Dify's do (contract service-and-web-api 1). */
function asJson(reply: HttpReply, body: object): object {
  reply.header('content-type', 'application/json; charset=utf-8');
  return body;
}
