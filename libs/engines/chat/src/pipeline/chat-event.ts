import type { Inputs } from '../inputs/prepare-inputs.js';
import type { LlmUsage } from '#engines/model-runtime';
import type { SavedPrompt } from '../prompt/saved-prompt.js';
import type { AnnotationHit, RetrieverResource } from './chat-ports.js';
import type { StopCause } from './stop.js';

/**
 * What happens during a run. `end` or `error` comes last, exactly once; nothing else comes when the request does not stream.
 * Agent events (`agent_message`, `agent_thought`, `message_file`) join this union with the agent loop.
 */
export type ChatEvent = MessageEvent | MessageReplaceEvent | AnnotationReplyEvent | RetrieverResourcesEvent | EndEvent | ErrorEvent;

/** A piece of the answer; empty for the last chunk of a model. */
export interface MessageEvent {
  readonly type: 'message';
  readonly answer: string;
}

/** The whole answer so far is replaced by this one. `reason` is always "" in easy apps. */
export interface MessageReplaceEvent {
  readonly type: 'message_replace';
  readonly answer: string;
  readonly reason: '';
}

/** An annotation answers in place of the model. */
export interface AnnotationReplyEvent {
  readonly type: 'annotation_reply';
  readonly annotation: AnnotationHit;
}

/** What was retrieved for the prompt; only where the app shows it. */
export interface RetrieverResourcesEvent {
  readonly type: 'retriever_resources';
  readonly resources: readonly RetrieverResource[];
}

/** Why a run ended without an error. All but `finished` end it before or instead of the model's own end. */
export type EndReason = 'finished' | 'annotation_reply' | 'input_moderation' | 'output_moderation' | StopCause;

/** `metadata` of `message_end` and of blocking bodies, in full form, as it is on the wire. */
export interface MessageMetadata {
  annotation_reply: { id: string; account: { id: string; name: string } } | null;
  retriever_resources: readonly RetrieverResource[];
  usage: LlmUsage;
}

/** The outcome of a run: all that is stored and sent at its end. */
export interface EndEvent extends RunSummary {
  readonly type: 'end';
  readonly reason: EndReason;
  /** `metadata.usage.latency` is the run's latency. */
  readonly metadata: MessageMetadata;
  /** The vendor did not report its usage; it was counted here. Not for the wire. */
  readonly usageEstimated: boolean;
}

/** The run failed; what had been written until then is kept. `mapRunError` says how the error looks to a client. */
export interface ErrorEvent extends RunSummary {
  readonly type: 'error';
  readonly error: unknown;
}

/** What is known of a run however it ended. */
export interface RunSummary {
  /** As it was sent, piece by piece or as a whole. */
  readonly answer: string;
  /** As `messages.answer` holds it: trimmed, placeholders neutralised. */
  readonly storedAnswer: string;
  /** For `messages.message`; [] when the run failed before there was a prompt. */
  readonly savedPrompt: SavedPrompt;
  readonly usage: LlmUsage;
  /** Seconds since the run began: `provider_response_latency`. */
  readonly latency: number;
  /** As moderation and external data tools left them. */
  readonly inputs: Inputs;
  readonly query: string;
}
