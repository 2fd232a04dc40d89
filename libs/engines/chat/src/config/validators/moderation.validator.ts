import type { JsonObject } from '#common';
import { ModelConfigError } from '../../chat.errors.js';
import { isEmpty, own } from '../values.js';
import { objectAt, textAt } from './validation-context.js';
import type { ConfigValidator } from './validation-context.js';
import { checkExtension } from './variables.validator.js';

const TYPES = ['keywords', 'openai_moderation', 'api'];
const MAX_PRESET_LENGTH = 100;
const MAX_KEYWORDS_LENGTH = 10_000;
const MAX_KEYWORD_LINES = 100;

/** `sensitive_word_avoidance`: checked only when it is on (contract console-apps-workflows 5.4). */
export const validateModeration: ConfigValidator = async ({ body, facts }) => {
  const moderation = objectAt(body, 'sensitive_word_avoidance', { enabled: false });
  if (isEmpty(own(moderation, 'enabled'))) return { sensitive_word_avoidance: { ...moderation, enabled: false } };
  const type = own(moderation, 'type');
  if (isEmpty(type)) throw new ModelConfigError('sensitive_word_avoidance.type is required');
  if (typeof type !== 'string' || !TYPES.includes(type)) {
    throw new ModelConfigError(`sensitive_word_avoidance.type must be one of ${TYPES.join(', ')}`);
  }
  const config = objectAt(moderation, 'config', {}, 'sensitive_word_avoidance.config');
  checkSides(config, type !== 'api');
  if (type === 'keywords') checkKeywords(config);
  if (type === 'api') await checkExtension(config, facts, 'sensitive_word_avoidance.config');
  return { sensitive_word_avoidance: moderation };
};

function checkSides(config: JsonObject, needsPreset: boolean): void {
  const sides = ['inputs_config', 'outputs_config'].map((key) => {
    if (own(config, key) === undefined) throw new ModelConfigError(`${key} is required`);
    return { key, side: objectAt(config, key) };
  });
  const enabled = sides.filter(({ side }) => !isEmpty(own(side, 'enabled')));
  if (enabled.length === 0) throw new ModelConfigError('At least one of inputs_config or outputs_config must be enabled');
  if (!needsPreset) return;
  for (const { key, side } of enabled) {
    const preset = textAt(side, 'preset_response', `${key}.preset_response`);
    if (preset === '') throw new ModelConfigError(`${key}.preset_response is required`);
    if (Array.from(preset).length > MAX_PRESET_LENGTH) {
      throw new ModelConfigError(`${key}.preset_response must be at most ${MAX_PRESET_LENGTH} characters`);
    }
  }
}

function checkKeywords(config: JsonObject): void {
  const keywords = textAt(config, 'keywords');
  if (keywords === '') throw new ModelConfigError('keywords is required');
  if (keywords.length > MAX_KEYWORDS_LENGTH) throw new ModelConfigError(`keywords must be at most ${MAX_KEYWORDS_LENGTH} characters`);
  if (keywords.split('\n').length > MAX_KEYWORD_LINES) throw new ModelConfigError(`keywords must have at most ${MAX_KEYWORD_LINES} rows`);
}
