import type { Clock } from '#common';
import type { LlmChunk, ModelParameters, ModelSchema, PromptMessage, PromptTool } from '#engines/model-runtime';
import type { DatasetConfig, ExternalDataTool, ModerationConfig } from '../config/app-model-config.js';
import type { ChatFile } from '../files/chat-file.js';
import type { ChatFileReader } from '../files/chat-file-reader.port.js';
import type { Inputs } from '../inputs/prepare-inputs.js';
import type { HistoryMessage } from '../memory/thread.js';
import type { TokenCounter } from '../memory/token-counter.port.js';

/** All that a run reaches for. Ports are bound to one app, workspace and person; those that may be absent switch their step off. */
export interface ChatPorts {
  clock: Clock;
  /** Waits; used for the pace of direct outputs only. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  model: ChatModelPort;
  files: ChatFileReader;
  /** Default `base64`. */
  fileSendFormat?: 'base64' | 'url';
  /** Absent: tokens are not counted, nothing is cut. */
  tokens?: TokenCounter;
  /** Asked once, and only for a conversation that goes on. */
  history: HistoryPort;
  moderation?: ModerationPort;
  annotations?: AnnotationPort;
  externalData?: ExternalDataPort;
  retriever?: ContextRetrieverPort;
}

/** The model of the app. */
export interface ChatModelPort {
  readonly schema: ModelSchema | null;
  /** One array a read of the upstream; the last chunk has the usage. Rejects with the `InvokeError` family. */
  invoke(call: ChatModelCall): AsyncIterable<LlmChunk[]>;
}

export interface ChatModelCall {
  messages: readonly PromptMessage[];
  parameters: ModelParameters;
  /** Absent: none. */
  stop?: readonly string[];
  /** For agents. */
  tools?: readonly PromptTool[];
  /** False: the model may be asked for the whole answer at once. */
  stream: boolean;
  /** Fires on stop, time limit and shutdown. */
  signal: AbortSignal;
  user?: string;
}

export interface HistoryPort {
  /** Messages of the conversation, newest first. */
  latest(limit: number): Promise<readonly HistoryMessage[]>;
}

/** A verdict on text. `overridden` goes on with other text, `direct_output` answers with the preset. */
export type InputVerdict =
  | { flagged: false }
  | { flagged: true; action: 'direct_output'; presetResponse: string }
  | { flagged: true; action: 'overridden'; inputs: Inputs; query: string };

export type OutputVerdict =
  | { flagged: false }
  | { flagged: true; action: 'direct_output'; presetResponse: string }
  | { flagged: true; action: 'overridden'; text: string };

/** Sensitive word avoidance (contract models-agents-tools 12). */
export interface ModerationPort {
  /** `MODERATION_BUFFER_SIZE`: new characters after which the answer is looked at again. Default 300. */
  readonly bufferSize?: number;
  /** Errors fail the run. */
  checkInput(config: ModerationConfig, subject: { inputs: Inputs; query: string }): Promise<InputVerdict>;
  /** Errors count as not flagged. */
  checkOutput(config: ModerationConfig, text: string): Promise<OutputVerdict>;
}

/** An annotation that answers a query. */
export interface AnnotationHit {
  readonly id: string;
  readonly content: string;
  /** Its author; null when the account is gone. */
  readonly account: { readonly id: string; readonly name: string } | null;
}

/** Annotation reply (contract models-agents-tools 13). The adapter records the hit. */
export interface AnnotationPort {
  /** Null when nothing is near enough. Errors count as nothing found. */
  match(query: string): Promise<AnnotationHit | null>;
}

/** External data tools (contract models-agents-tools 14). */
export interface ExternalDataPort {
  /** The value of the tool's variable. An error fails the run. */
  query(tool: ExternalDataTool, subject: { inputs: Inputs; query: string }): Promise<string>;
}

/** Retrieval of context (contract models-agents-tools 7). */
export interface ContextRetrieverPort {
  retrieve(request: RetrievalRequest): Promise<Retrieval>;
}

export interface RetrievalRequest {
  datasets: DatasetConfig;
  query: string;
  inputs: Inputs;
  signal: AbortSignal;
}

/** What was found, in any order. */
export interface Retrieval {
  documents: readonly RetrievedDocument[];
  resources: readonly RetrieverResource[];
}

/** A piece of knowledge for the context. */
export interface RetrievedDocument {
  /** The text, or the question of a question-and-answer segment. */
  readonly content: string;
  /** The answer of a question-and-answer segment. */
  readonly answer?: string;
  readonly summary?: string;
  readonly score: number | null;
  /** Pictures of the segment; for models that see. */
  readonly files?: readonly ChatFile[];
}

/** One source of an answer, with the names of the wire (contract service-and-web-api 8.5). */
export interface RetrieverResource {
  /** From 1 in the order given; the run sets it. */
  readonly position?: number;
  readonly dataset_id?: string | null;
  readonly dataset_name?: string | null;
  readonly document_id?: string | null;
  readonly document_name?: string | null;
  readonly data_source_type?: string | null;
  readonly segment_id?: string | null;
  readonly retriever_from?: string | null;
  readonly score?: number | null;
  readonly hit_count?: number | null;
  readonly word_count?: number | null;
  readonly segment_position?: number | null;
  readonly index_node_hash?: string | null;
  readonly content?: string | null;
  readonly page?: number | null;
  readonly doc_metadata?: Record<string, unknown> | null;
  readonly title?: string | null;
  readonly files?: readonly unknown[] | null;
  readonly summary?: string | null;
}
