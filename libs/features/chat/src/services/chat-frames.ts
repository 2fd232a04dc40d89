import { unixSeconds } from '#common';
import type { MessageMetadata, RunErrorFacts } from '#engines/chat';
import type { Turn } from '../turn.js';

/** What every frame of a run carries (contract service-and-web-api 8.3). */
export interface FrameFacts {
  /** The `task_id`. */
  runId: string;
  messageId: string;
  /** Null for completion apps. */
  conversationId: string | null;
  createdAt: Date;
}

/** A file in `message_end` (contract service-and-web-api 8.5). */
export interface MessageEndFile {
  related_id: string;
  extension: string;
  filename: string;
  size: number;
  mime_type: string;
  transfer_method: string;
  type: string;
  url: string;
  upload_file_id: string | null;
  remote_url: string | null;
}

/** The facts of a turn's frames. */
export function frameFactsOf(turn: Turn, runId: string): FrameFacts {
  const { messageId, mode, createdAt } = turn;
  return { runId, messageId, conversationId: mode === 'completion' ? null : turn.conversationId, createdAt };
}

/**
 * Writes the frames of one run, byte for byte as Dify does: key order, compact JSON. What all frames share is serialised once; a
 * piece of an answer costs one `JSON.stringify` of that piece.
 */
export class ChatFrames {
  private readonly ids: string;
  private readonly messagePrefix: string;

  constructor(private readonly facts: FrameFacts) {
    const { conversationId, messageId, createdAt, runId } = facts;
    const conversation = conversationId === null ? '' : `"conversation_id":${JSON.stringify(conversationId)},`;
    this.ids = `${conversation}"message_id":${JSON.stringify(messageId)},"created_at":${unixSeconds(createdAt)}`;
    this.messagePrefix = `data: {"event":"message",${this.ids},"task_id":${JSON.stringify(runId)},"id":${JSON.stringify(messageId)},"answer":`;
  }

  /** A piece of the answer. */
  message(answer: string): string {
    return `${this.messagePrefix}${JSON.stringify(answer)},"from_variable_selector":null}\n\n`;
  }

  /** The answer so far is replaced. */
  messageReplace(answer: string, reason: string): string {
    return this.frame('message_replace', `,"answer":${JSON.stringify(answer)},"reason":${JSON.stringify(reason)}`);
  }

  /** The end of a run that did not fail. */
  messageEnd(metadata: MessageMetadata, files: readonly MessageEndFile[]): string {
    const id = JSON.stringify(this.facts.messageId);
    return this.frame(
      'message_end',
      `,"id":${id},"metadata":${JSON.stringify(metadata)},"files":${files.length === 0 ? 'null' : JSON.stringify(files)}`,
    );
  }

  /** A piece of the spoken answer. */
  ttsMessage(audio: Uint8Array): string {
    const { buffer, byteOffset, byteLength } = audio;
    return this.frame('tts_message', `,"audio":"${Buffer.from(buffer, byteOffset, byteLength).toString('base64')}"`);
  }

  /** The spoken answer is over. */
  ttsMessageEnd(): string {
    return this.frame('tts_message_end', ',"audio":""');
  }

  /** The end of a run that failed; it has no `task_id`. */
  error({ code, status, message }: RunErrorFacts): string {
    return `data: {"event":"error",${this.ids},"code":${JSON.stringify(code)},"status":${status},"message":${JSON.stringify(message)}}\n\n`;
  }

  private frame(event: string, rest: string): string {
    return `data: {"event":"${event}",${this.ids},"task_id":${JSON.stringify(this.facts.runId)}${rest}}\n\n`;
  }
}

/** The body of a blocking answer (contract service-and-web-api 7). */
export function blockingBody(facts: FrameFacts, outcome: { mode: string; answer: string; metadata: MessageMetadata }): object {
  const { runId, messageId, conversationId, createdAt } = facts;
  return {
    event: 'message',
    task_id: runId,
    id: messageId,
    message_id: messageId,
    ...(conversationId === null ? {} : { conversation_id: conversationId }),
    mode: outcome.mode,
    answer: outcome.answer,
    metadata: outcome.metadata,
    created_at: unixSeconds(createdAt),
  };
}
