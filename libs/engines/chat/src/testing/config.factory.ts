import type { AppModelConfig } from '../config/app-model-config.js';
import type { EasyAppMode } from '../config/app-mode.js';
import type { ModelConfigDocument } from '../config/model-config-document.js';
import { ModelConfigFacts } from '../config/model-config-facts.port.js';
import { parseAppModelConfig } from '../config/parse-app-model-config.js';

export const PROVIDER = 'langgenius/openai_api_compatible/openai_api_compatible';
export const DATASET_ID = '0190b6f0-0000-7000-8000-000000000001';

/** The smallest model a configuration can name. */
export const MODEL = { provider: PROVIDER, name: 'mock-chat', mode: 'chat', completion_params: {} };

/** A configuration read for a run; state only what matters. */
export function configFactory(document: ModelConfigDocument = {}, mode: EasyAppMode = 'chat'): AppModelConfig {
  return parseAppModelConfig(mode, { model: MODEL, ...document });
}

/** A workspace with one provider, two llms, one dataset and one extension. */
export class InMemoryFacts extends ModelConfigFacts {
  availableProviders(): Promise<readonly string[]> {
    return Promise.resolve([PROVIDER, 'langgenius/openai/openai', 'langgenius/gemini/google']);
  }

  llmNames(): Promise<readonly string[]> {
    return Promise.resolve(['mock-chat', 'mock-text', 'mock-plain']);
  }

  modelMode(_provider: string, model: string): Promise<string | null> {
    return Promise.resolve({ 'mock-chat': 'chat', 'mock-text': 'completion' }[model] ?? null);
  }

  datasetExists(datasetId: string): Promise<boolean> {
    return Promise.resolve(datasetId === DATASET_ID);
  }

  extensionExists(extensionId: string): Promise<boolean> {
    return Promise.resolve(extensionId === 'ext-1');
  }
}
