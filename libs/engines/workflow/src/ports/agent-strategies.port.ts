import type { PromptMessage } from '#engines/model-runtime';
import type { InvokeMessage } from './invoke-message.js';

/** A parameter that a strategy declares. */
export interface AgentParameter {
  readonly name: string;
  /** `string`, `number`, `model-selector`, `array[tools]`, `any`, ... (contract models-agents-tools 9.3). */
  readonly type: string;
  readonly required: boolean;
  readonly default: unknown;
}

/** A tool that the agent may use, as the node's configuration has it, its references resolved. Names are those of the wire. */
export interface AgentTool extends Readonly<Record<string, unknown>> {
  /** `builtin`, `api`, `workflow`, `mcp`, ... */
  readonly type: string;
  readonly provider_name: string;
  readonly tool_name: string;
  /** A value the author has fixed; null: the model chooses. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** One invocation of a strategy. */
export interface AgentCall {
  /** By parameter name. The model is `{provider, model, mode, completion_params, ...}`; tools are {@link AgentTool}s. Secrets are revealed. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What was said in the conversation before, oldest first; empty for strategies without the feature `history-messages`. */
  readonly history: readonly PromptMessage[];
  /** Null outside chatflows. */
  readonly conversationId: string | null;
  /** The user who asks; an opaque id. */
  readonly user: string;
  readonly signal: AbortSignal;
}

/** A way for a model to work with tools: function calling, ReAct, ... */
export interface AgentStrategy {
  /** File name of its picture; null for none. */
  readonly icon: string | null;
  readonly parameters: readonly AgentParameter[];
  /** `history-messages`: takes the conversation's history. */
  readonly features: readonly string[];
  /** Version of the strategy's declaration; null: unknown. Up to `0.0.1` it can't use MCP tools. */
  readonly metaVersion: string | null;
  /** Prepares model and tools; rejects with what is wrong with them before anything is asked. */
  prepare(call: AgentCall): Promise<AgentWork>;
}

/** What a prepared strategy says while it works. Throws when it can't go on. */
export type AgentWork = AsyncIterable<InvokeMessage>;

/** The agent strategies of a run's workspace. */
export abstract class AgentStrategies {
  /** Rejects with what is missing: the provider, or the strategy. */
  abstract find(provider: string, name: string): Promise<AgentStrategy>;
}
