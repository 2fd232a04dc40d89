import type { AssistantMessage, MediaPart, PromptMessage, PromptTool, ToolCall } from './prompt-message.js';
import type { LlmUsage, TokenCounts } from './usage.js';

/** Parameters by rule name: `temperature`, `max_tokens`, ... Checked and coerced against the model's rules before they are sent. */
export type ModelParameters = Record<string, unknown>;

/** The JSON the answer must be. */
export interface StructuredOutput {
  /** JSON Schema. */
  schema: Record<string, unknown>;
  /** Default `llm_response`. */
  name?: string;
}

/** One question to an llm. */
export interface LlmRequest {
  messages: readonly PromptMessage[];
  parameters?: ModelParameters;
  tools?: readonly PromptTool[];
  stop?: readonly string[];
  /** Native JSON schema where the model has the feature `structured-output`, else an instruction in the system message. */
  structuredOutput?: StructuredOutput;
  /** Whom the vendor shall hold responsible; an opaque id. */
  user?: string;
}

/** A piece of a tool call. `id` is always set: pieces of one call share it. `name` replaces, `arguments` appends. */
export interface ToolCallDelta {
  id: string;
  name?: string;
  arguments: string;
}

/** A piece of an answer as a provider gives it. */
export interface LlmDelta {
  /** Empty when this piece has no text. */
  text: string;
  reasoning?: string;
  toolCalls?: ToolCallDelta[];
  /** Pictures and other media that the model made; their place is behind the text. */
  media?: MediaPart[];
  finishReason?: string;
  systemFingerprint?: string;
  /** As the vendor counted them. */
  tokens?: TokenCounts;
}

/** A piece of an answer. The last one of a call, and only it, has `usage` (and `finishReason`, when the vendor gave one). */
export interface LlmChunk {
  /** Empty when this piece has no text. */
  text: string;
  /** Only when the call asked for `reasoning: 'separated'`; else it is part of `text`, inside `<think>`. */
  reasoning?: string;
  toolCalls?: ToolCallDelta[];
  /** Pictures and other media that the model made; their place is behind the text. */
  media?: MediaPart[];
  finishReason?: string;
  systemFingerprint?: string;
  usage?: LlmUsage;
  /** The vendor did not report its usage; it was counted here. Not for the wire. */
  usageEstimated?: boolean;
}

/** A whole answer as a provider gives it. */
export interface LlmCompletion {
  text: string;
  reasoning?: string;
  toolCalls: ToolCall[];
  finishReason?: string;
  systemFingerprint?: string;
  tokens?: TokenCounts;
}

/** A whole answer. */
export interface LlmResult {
  model: string;
  message: AssistantMessage;
  /** The text of `message`. */
  text: string;
  /** Only when the call asked for `reasoning: 'separated'`. */
  reasoning?: string;
  toolCalls: ToolCall[];
  finishReason?: string;
  systemFingerprint?: string;
  usage: LlmUsage;
  /** The vendor did not report its usage; it was counted here. Not for the wire. */
  usageEstimated: boolean;
}
