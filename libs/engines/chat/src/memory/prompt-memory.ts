import type { ModelParameters, ModelSchema, PromptMessage } from '#engines/model-runtime';
import type { RolePrefixes } from '../config/app-model-config.js';
import type { PromptPartOptions } from '../files/prompt-parts.js';
import { maxTokensOf } from '../prompt/max-tokens.js';
import { buildHistory } from './history.js';
import { historyText } from './history-text.js';
import type { HistoryMessage } from './thread.js';
import type { TokenCounter } from './token-counter.port.js';

const DEFAULT_BUDGET = 2000;

/** Where the memory of one run comes from. */
export interface MemorySource {
  /** Messages of the conversation, newest first, at most 500 of them. */
  newestFirst: readonly HistoryMessage[];
  schema: ModelSchema | null;
  parameters: ModelParameters;
  files?: PromptPartOptions;
  counter?: TokenCounter;
}

/** What was said before, cut to what fits beside the rest of the prompt. */
export class PromptMemory {
  constructor(private readonly source: MemorySource) {}

  /** The history as messages, oldest first; `current` is the rest of the prompt. */
  async messages(current: readonly PromptMessage[]): Promise<PromptMessage[]> {
    const { newestFirst, files, counter } = this.source;
    if (newestFirst.length === 0) return [];
    const budget = await this.budget(current);
    return buildHistory(newestFirst, { budget, ...(files && { files }), ...(counter && { counter }) });
  }

  /** The history as text. */
  async text(current: readonly PromptMessage[], prefixes: RolePrefixes): Promise<string> {
    return historyText(await this.messages(current), prefixes);
  }

  private async budget(current: readonly PromptMessage[]): Promise<number> {
    const { schema, parameters, counter } = this.source;
    const context = schema?.properties.context_size;
    if (counter === undefined || context === undefined) return DEFAULT_BUDGET;
    return Math.max(0, context - maxTokensOf(schema, parameters) - (await counter.count(current)));
  }
}
