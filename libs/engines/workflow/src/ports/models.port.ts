import type { InvokeLlmOptions, LlmChunk, LlmRequest, ModelSchema } from '#engines/model-runtime';

/** A language model as a node's configuration names it (contract workflow-engine 7.4, `model`). */
export interface ModelChoice {
  /** Long (`langgenius/openai/openai`) or short (`openai`) id. */
  readonly provider: string;
  readonly name: string;
  readonly mode: 'chat' | 'completion';
}

/** A model that can be asked. */
export interface WorkflowModel {
  /** What is known about it: features, context size, parameter rules. Null: nothing is. */
  readonly schema: ModelSchema | null;
  /**
   * Asks the model. Yields one array of chunks per read of the upstream, never an empty one; the last chunk has the usage. Throws the
   * `InvokeError` family, or the signal's reason once it fired.
   */
  invoke(request: LlmRequest, options: InvokeLlmOptions): AsyncIterable<LlmChunk[]>;
}

/** The models of a run's workspace. */
export abstract class WorkflowModels {
  /**
   * Finds a model with what it takes to call it. Rejects with an error whose `name` says what is wrong (`ProviderNotFoundError`, `ModelNotFoundError`, ...);
   * the node then fails with its message.
   */
  abstract resolve(choice: ModelChoice): Promise<WorkflowModel>;
}
