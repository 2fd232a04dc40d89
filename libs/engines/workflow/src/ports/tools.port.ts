import type { InvokeMessage } from './invoke-message.js';

/** A tool as a node's configuration names it (contract workflow-engine 7.13). */
export interface ToolChoice {
  /** `builtin`, `plugin`, `api`, `workflow`, `app`, `dataset-retrieval`, `mcp`. */
  readonly providerType: string;
  readonly providerId: string;
  /** For people. */
  readonly providerName: string;
  readonly toolName: string;
  /** One of the workspace's credentials for the provider; null: its default. */
  readonly credentialId: string | null;
  readonly pluginUniqueIdentifier: string | null;
}

/** What a node must know of a parameter. */
export interface WorkflowToolParameter {
  readonly name: string;
  /** `form`: set before the run; `llm`: bound to variables; `schema`: set by the developer. */
  readonly form: 'schema' | 'form' | 'llm';
  readonly required: boolean;
}

/** One call of a tool. Secrets are revealed. */
export interface WorkflowToolCall {
  /** Bound to variables, as texts or as the variables are; the tool casts them. A name that the tool does not know is null. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Set before the run; they overrule what was given. One that is null takes its default, one that is absent has no value. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The user who asks; an opaque id. */
  readonly user: string;
  /** Null outside chatflows. */
  readonly conversationId: string | null;
  /** How many workflow tools are around the call, this one included when it is one. */
  readonly callDepth: number;
  readonly signal: AbortSignal;
}

/** A tool that can be called. */
export interface WorkflowTool {
  readonly parameters: readonly WorkflowToolParameter[];
  /** Does the work. Throws when it can't; the error's `name` becomes the node's `error_type`. */
  invoke(call: WorkflowToolCall): AsyncIterable<InvokeMessage>;
}

/** The tools of a run's workspace. */
export abstract class WorkflowTools {
  /** Rejects with what is missing: the provider, the tool, its credentials. The error's `name` becomes the node's `error_type`. */
  abstract find(choice: ToolChoice): Promise<WorkflowTool>;
}
