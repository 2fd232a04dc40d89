import { Injectable } from '@nestjs/common';
import { emptyUsage } from '#engines/model-runtime';
import { mapRunError, type MessageMetadata } from '#engines/chat';
import { type Message, MessageFileRepository, messageFailedRow, MessageRepository } from '#features/conversations';
import { type LedgerRun, RunNotFoundError, RunsService } from '#features/runs';
import { RunStreams } from '#platform/bus';
import { RunWriter } from '#platform/database';
import { AppLogger } from '#platform/telemetry';
import { AppError } from '#common';
import { RunFailedError, RunInterruptedError } from '../chat.errors.js';
import { answerInFrames } from './answer-in-frames.js';
import { ChatFileAccess } from './chat-file-access.js';
import { blockingBody, ChatFrames, type FrameFacts } from './chat-frames.js';
import { messageEndFiles } from './message-end-files.js';

/** Runs that are over, or whose process is: told again from their rows. */
@Injectable()
export class PastRuns {
  private readonly log: AppLogger;

  constructor(
    private readonly runs: RunsService,
    private readonly writer: RunWriter,
    private readonly messages: MessageRepository,
    private readonly messageFiles: MessageFileRepository,
    private readonly files: ChatFileAccess,
    private readonly streams: RunStreams,
    logger: AppLogger,
  ) {
    this.log = logger.scoped('chat');
  }

  /** Ends a run whose process died as failed, with a reason, and keeps of the answer what its stream still holds. */
  async endInterrupted(run: LedgerRun): Promise<void> {
    const answer = await this.saidIn(run);
    const active = this.runs.adopt(run);
    const error = new RunInterruptedError();
    try {
      const rows = [
        messageFailedRow(run.subjectId, error.message, new Date(), answer === '' ? undefined : answer),
        active.finishRow('failed', error.code),
      ];
      await this.writer.write({ runId: run.id, fence: active.fence, rows });
      const message = await this.messages.findInApp(run.tenantId, run.appId, run.subjectId);
      if (message !== null) active.stream.push([new ChatFrames(factsOf(run, message)).error(mapRunError(error))]);
    } finally {
      active.close();
    }
  }

  /** What its readers were told. A stream that can't be read must not keep the run from ending. */
  private async saidIn(run: LedgerRun): Promise<string> {
    try {
      return answerInFrames(await this.streams.heldText(run.id));
    } catch (error) {
      this.log.warn('the text of an interrupted run could not be read', { runId: run.id, error });
      return '';
    }
  }

  /** The frames of a run that is over: its answer in one piece. None while it is under way somewhere. */
  async framesOf(run: LedgerRun): Promise<string[]> {
    const message = await this.messages.findInApp(run.tenantId, run.appId, run.subjectId);
    if (message === null || run.state !== 'finished') return [];
    const frames = new ChatFrames(factsOf(run, message));
    const answer = message.answer === '' ? [] : [frames.message(message.answer)];
    if (message.status === 'error') return [...answer, frames.error(errorFactsOf(run, message))];
    const attached = await this.messageFiles.listOf(run.tenantId, [message.id]);
    const files = messageEndFiles(attached, { links: this.files.links, tenantId: run.tenantId, origin: '' });
    return [...answer, frames.messageEnd(metadataOf(message), files)];
  }

  /** The body that a blocking caller got. Throws the error of a run that failed. */
  async bodyOf(run: LedgerRun): Promise<object> {
    const message = await this.messages.findInApp(run.tenantId, run.appId, run.subjectId);
    if (message === null) throw new RunNotFoundError();
    if (message.status === 'error') throw errorOf(run, message);
    return blockingBody(factsOf(run, message), { mode: run.mode, answer: message.answer, metadata: metadataOf(message) });
  }
}

function factsOf(run: Pick<LedgerRun, 'id' | 'mode'>, message: Message): FrameFacts {
  const { id: messageId, createdAt } = message;
  return { runId: run.id, messageId, createdAt, conversationId: run.mode === 'completion' ? null : message.conversationId };
}

function metadataOf({ metadata }: Message): MessageMetadata {
  return { annotation_reply: null, retriever_resources: [], usage: emptyUsage(), ...(metadata as Partial<MessageMetadata> | null) };
}

/** The ledger keeps the code of the error, the message its words. */
function errorFactsOf({ reason }: Pick<LedgerRun, 'reason'>, { error }: Message): { code: string; status: number; message: string } {
  const code = reason ?? 'internal_server_error';
  const status = code === 'internal_server_error' || code === 'row_rejected' ? 500 : code === 'run_interrupted' ? 503 : 400;
  return { code, status, message: error ?? '' };
}

function errorOf(run: Pick<LedgerRun, 'reason'>, message: Message): AppError {
  return run.reason === 'run_interrupted' ? new RunInterruptedError() : new RunFailedError(errorFactsOf(run, message), undefined);
}
