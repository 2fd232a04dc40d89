import type { ContentPart, PromptMessage } from '#engines/model-runtime';
import type { AppModelConfig } from '../config/app-model-config.js';
import type { Inputs } from '../inputs/prepare-inputs.js';
import type { PromptMemory } from '../memory/prompt-memory.js';
import { assembleAdvanced } from './advanced-prompt.js';
import { assembleSimple } from './simple-prompt.js';

/** What a prompt is made of. */
export interface PromptSource {
  config: AppModelConfig;
  /** The model's kind. */
  modelMode: 'chat' | 'completion';
  inputs: Inputs;
  query: string;
  /** Files of this message, then those of the context. */
  parts: readonly ContentPart[];
  /** Null: no datasets, no context block. Empty: a block with nothing in it. */
  context: string | null;
  /** Null: the run belongs to no conversation. */
  memory: PromptMemory | null;
}

/** A prompt ready for the model. */
export interface AssembledPrompt {
  messages: PromptMessage[];
  /** Null: none are sent. */
  stop: readonly string[] | null;
}

/** Builds the prompt of a run (contract models-agents-tools 6.2, 6.3). */
export async function assemblePrompt(source: PromptSource): Promise<AssembledPrompt> {
  const { prompt } = source.config;
  return prompt.type === 'simple' ? assembleSimple(source, prompt) : assembleAdvanced(source, prompt);
}
