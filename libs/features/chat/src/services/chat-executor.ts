import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { systemClock, UnexpectedError } from '#common';
import {
  type AnswerSpeech,
  type ChatEvent,
  type ChatModelPort,
  type ChatPorts,
  type EndEvent,
  type ErrorEvent,
  mapRunError,
  runChat,
} from '#engines/chat';
import { messageFailedRow, MessageRepository } from '#features/conversations';
import { type ActiveRun, RunsService, RunStarts } from '#features/runs';
import { ChatConfig } from '#platform/config';
import { RowRejectedError, RunFencedError, RunWriter } from '#platform/database';
import { AppLogger, type LogFields } from '#platform/telemetry';
import { runFailure, RunInterruptedError } from '../chat.errors.js';
import type { Turn } from '../turn.js';
import { AnswerSpeaker } from './answer-speaker.js';
import { blockingBody, ChatFrames, frameFactsOf } from './chat-frames.js';
import { ChatFileAccess } from './chat-file-access.js';
import { messageEndFiles } from './message-end-files.js';
import { chatFileOf, messageFileOf } from './turn-files.js';
import { endRow, startRows } from './turn-rows.js';

/** How a turn is begun. */
export interface TurnStart {
  model: ChatModelPort;
  /** The app's own limit of runs at a time. */
  appLimit: number | null;
  /** Made beforehand where an idempotency key was claimed for it. */
  runId?: string;
}

/** A turn that was accepted: its rows are committed. */
export interface AcceptedTurn {
  runId: string;
  /** The body of a blocking answer; rejects with the error of the run. */
  result: Promise<object>;
}

/** A turn on its way. */
interface Execution {
  turn: Turn;
  run: ActiveRun;
  frames: ChatFrames;
  /** Null where nobody listens. */
  speech: AnswerSpeech | null;
  /** Settles when the rows of the start are committed, or refused. */
  committed: Promise<void>;
}

/** Executes turns: rows before the first frame, frames as the model writes, rows before the last frame. */
@Injectable()
export class ChatExecutor {
  private readonly log: AppLogger;

  constructor(
    private readonly runs: RunsService,
    private readonly starts: RunStarts,
    private readonly writer: RunWriter,
    private readonly messages: MessageRepository,
    private readonly files: ChatFileAccess,
    private readonly speaker: AnswerSpeaker,
    private readonly config: ChatConfig,
    logger: AppLogger,
  ) {
    this.log = logger.scoped('chat');
  }

  /** Begins a turn; resolves once it can't be lost any more. Nobody has to wait for its end. */
  async start(turn: Turn, { model, appLimit, runId }: TurnStart): Promise<AcceptedTurn> {
    const { tenantId, appId, mode, owner, messageId: subjectId } = turn;
    const principal = `${owner.kind === 'end_user' ? 'end-user' : 'account'}:${owner.id}` as const;
    const run = await this.runs.begin({ tenantId, appId, mode, subjectId, principal, appLimit, ...(runId !== undefined && { runId }) });
    const failedRows = (message: string) => [messageFailedRow(subjectId, message, new Date())];
    const committed = this.starts.commit(run, { rows: startRows(turn), failedRows });
    const frames = new ChatFrames(frameFactsOf(turn, run.id));
    const speech = this.speaker.speechOf(turn, run, frames);
    const result = this.execute({ turn, run, frames, speech, committed }, this.portsOf(turn, model));
    result.catch(() => undefined);
    await committed;
    return { runId: run.id, result };
  }

  /** The model is asked while the rows of the start are on their way; nothing it says leaves before they are committed. */
  private async execute(execution: Execution, ports: ChatPorts): Promise<object> {
    const { turn, run, frames, speech, committed } = execution;
    try {
      let isCommitted = false;
      for await (const events of runChat(requestOf(turn), ports, run.signal)) {
        if (!isCommitted) await committed;
        isCommitted = true;
        const pieces = framesOf(frames, events);
        if (pieces.length > 0) run.stream.push(pieces);
        speech?.observe(events);
        const last = events.at(-1);
        if (last?.type === 'end') return await this.end(execution, last);
        if (last?.type === 'error') return await this.fail(execution, last, last.error);
      }
      throw new UnexpectedError({ code: 'unknown', status: 500, message: 'The chat pipeline ended without a last event.' });
    } finally {
      speech?.stop();
      run.close();
    }
  }

  private async end(execution: Execution, event: EndEvent): Promise<object> {
    const { turn, run, frames, speech } = execution;
    if (event.reason === 'shutdown') return this.fail(execution, event, new RunInterruptedError());
    const isStopped = event.reason === 'stopped' || event.reason === 'time_limit';
    const row = endRow(turn, event, { status: 'normal', error: null }, new Date());
    await this.commit(execution, [row, run.finishRow(isStopped ? 'stopped' : 'succeeded', event.reason)]);
    const attached = turn.files.map((file) => messageFileOf(file, turn.messageId));
    const tail = frames.messageEnd(
      event.metadata,
      messageEndFiles(attached, { links: this.files.links, tenantId: turn.tenantId, origin: turn.origin }),
    );
    run.stream.push(turn.stream ? [tail] : [frames.message(event.answer), tail]);
    if (speech !== null) {
      await speech.finish();
      run.stream.push([frames.ttsMessageEnd()]);
    }
    return blockingBody(frameFactsOf(turn, run.id), { mode: turn.mode, answer: event.answer, metadata: event.metadata });
  }

  /** What was said until then is kept, and why that is all. */
  private async fail(execution: Execution, event: EndEvent | ErrorEvent, error: unknown): Promise<never> {
    const { turn, run, frames } = execution;
    const facts = mapRunError(error);
    if (facts.status === 500) this.log.error('run failed', { ...logFacts(execution), error });
    const row = endRow(turn, event, { status: 'error', error: facts.message }, new Date());
    await this.commit(execution, [row, run.finishRow('failed', facts.code)]);
    run.stream.push([frames.error(facts)]);
    throw runFailure(error);
  }

  /** Commits the end. What the database refuses or does not take is told as an error; a run that was taken over is left alone. */
  private async commit(execution: Execution, rows: Parameters<RunWriter['write']>[0]['rows']): Promise<void> {
    const { turn, run, frames } = execution;
    try {
      await this.writer.write({ runId: run.id, fence: run.fence, rows });
    } catch (error) {
      if (error instanceof RunFencedError) throw error;
      this.log.error('the end of a run could not be stored', { ...logFacts(execution), error });
      const facts = mapRunError(error);
      if (error instanceof RowRejectedError) {
        const rest = [messageFailedRow(turn.messageId, facts.message, new Date()), run.finishRow('failed', error.code)];
        await this.writer.write({ runId: run.id, fence: run.fence, rows: rest });
      }
      run.stream.push([frames.error(facts)]);
      throw error;
    }
  }

  private portsOf(turn: Turn, model: ChatModelPort): ChatPorts {
    const { tenantId, conversationId } = turn;
    return {
      clock: systemClock,
      sleep: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
      model,
      files: this.files.readerOf(tenantId),
      fileSendFormat: this.config.multimodalSendFormat,
      history: {
        latest: async (limit) => {
          const past = await this.messages.latest(tenantId, conversationId, limit);
          return past.map((message) => ({ ...message, files: message.files.map(chatFileOf) }));
        },
      },
    };
  }
}

/** What log lines say of a run. */
function logFacts({ turn, run }: Execution): LogFields {
  return { requestId: turn.requestId, tenantId: turn.tenantId, runId: run.id };
}

function requestOf(turn: Turn): Parameters<typeof runChat>[0] {
  const { messageId, config, stream, inputs, query, files, isNewConversation, parentMessageId, owner } = turn;
  const conversation = isNewConversation || turn.mode === 'completion' ? null : { parentMessageId };
  return { messageId, config, stream, inputs, query, files, conversation, user: owner.id };
}

function framesOf(frames: ChatFrames, events: readonly ChatEvent[]): string[] {
  const texts: string[] = [];
  for (const event of events) {
    if (event.type === 'message') texts.push(frames.message(event.answer));
    else if (event.type === 'message_replace') texts.push(frames.messageReplace(event.answer, event.reason));
  }
  return texts;
}
