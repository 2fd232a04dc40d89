import type { PromptMessage } from '#engines/model-runtime';

/** The workspace's default language model, for texts that are too long for a reader. */
export abstract class PageSummarizer {
  /** Answers a prompt with a text. Rejects when the workspace has no default model, or with what the model says. */
  abstract ask(messages: readonly PromptMessage[], signal: AbortSignal): Promise<string>;
}
