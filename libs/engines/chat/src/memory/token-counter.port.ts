import type { PromptMessage } from '#engines/model-runtime';

/** Counts tokens of a prompt. Absent in a default installation: then every count is 0 and nothing is ever cut (contract models-agents-tools 4.1). */
export abstract class TokenCounter {
  /** Tokens of all messages together, their roles and names included. */
  abstract count(messages: readonly PromptMessage[]): Promise<number>;
}
