import { isDeeperThan, isJsonObject } from '#common';
import { ModelConfigError } from '../chat.errors.js';
import type { EasyAppMode } from './app-mode.js';
import type { ModelConfigDocument } from './model-config-document.js';
import type { ModelConfigFacts } from './model-config-facts.port.js';
import { validateAgentMode } from './validators/agent-mode.validator.js';
import { validateDatasets } from './validators/dataset.validator.js';
import { validateOpeningStatement, validateTextToSpeech, validateToggle } from './validators/features.validator.js';
import { validateFileUpload } from './validators/file-upload.validator.js';
import { validateModel } from './validators/model.validator.js';
import { validateModeration } from './validators/moderation.validator.js';
import { validatePrompt } from './validators/prompt.validator.js';
import type { ConfigValidator } from './validators/validation-context.js';
import { validateVariables } from './validators/variables.validator.js';

const MAX_DEPTH = 200;

const BASE: ConfigValidator[] = [validateModel, validateVariables, validateFileUpload, validatePrompt, validateDatasets];

const CONVERSATION: ConfigValidator[] = [
  validateOpeningStatement,
  validateToggle('suggested_questions_after_answer'),
  validateToggle('speech_to_text'),
  validateTextToSpeech,
  validateToggle('retriever_resource'),
  validateModeration,
];

/** Who checks what, in the order of contract models-agents-tools 5; the first violation is the one that is reported. */
const VALIDATORS: Record<EasyAppMode, ConfigValidator[]> = {
  chat: [...BASE, ...CONVERSATION],
  'agent-chat': [...BASE, validateAgentMode, ...CONVERSATION],
  completion: [...BASE, validateTextToSpeech, validateToggle('more_like_this'), validateModeration],
};

/**
 * Checks a configuration as the console sends it and fills in defaults. Only the keys that the mode's validators own survive
 * (contract console-apps-workflows 5.2). Rejects with `ModelConfigError`.
 */
export async function validateAppModelConfig(mode: EasyAppMode, body: unknown, facts: ModelConfigFacts): Promise<ModelConfigDocument> {
  if (!isJsonObject(body)) throw new ModelConfigError('The model configuration must be of object type');
  if (isDeeperThan(body, MAX_DEPTH)) throw new ModelConfigError(`The model configuration nests deeper than ${MAX_DEPTH} levels`);
  let done: ModelConfigDocument = {};
  for (const validate of VALIDATORS[mode]) done = { ...done, ...(await validate({ mode, body, facts, done })) };
  return done;
}
