import { isJsonObject } from '#common';
import type { AgentConfig } from './app-model-config.js';
import type { FullModelConfig } from './model-config-document.js';
import { integerOr, listOf, objectOr, own, textOr } from './values.js';

const DEFAULT_ITERATIONS = 10;
const MIN_TOOL_KEYS = 4;
const OPENAI = /^(openai|langgenius\/openai\/openai)$/;

/** Reads the agent of an app; null when its strategy means "no agent" (contract console-apps-workflows 5.6). */
export function parseAgent(config: FullModelConfig): AgentConfig | null {
  const mode = objectOr(config.agent_mode, {});
  const strategy = own(mode, 'strategy') ?? 'router';
  if (own(mode, 'enabled') !== true || strategy === 'router' || strategy === 'react_router') return null;
  const prompt = own(mode, 'prompt');
  return {
    strategy: strategyOf(strategy, config),
    maxIterations: integerOr(own(mode, 'max_iteration'), DEFAULT_ITERATIONS),
    tools: listOf(own(mode, 'tools'))
      .filter(isJsonObject)
      .filter((tool) => Object.keys(tool).length >= MIN_TOOL_KEYS && own(tool, 'enabled') === true),
    prompt: isJsonObject(prompt)
      ? { firstPrompt: textOr(own(prompt, 'first_prompt'), ''), nextIteration: textOr(own(prompt, 'next_iteration'), '') }
      : null,
  };
}

function strategyOf(strategy: unknown, config: FullModelConfig): AgentConfig['strategy'] {
  if (strategy === 'function_call') return 'function_call';
  if (strategy === 'cot' || strategy === 'react') return 'react';
  return OPENAI.test(textOr(own(objectOr(config.model, {}), 'provider'), '')) ? 'function_call' : 'react';
}
