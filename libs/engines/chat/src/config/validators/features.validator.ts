import { ModelConfigError } from '../../chat.errors.js';
import { flagAt, listAt, objectAt, textAt } from './validation-context.js';
import type { ConfigValidator } from './validation-context.js';

/** `opening_statement` and the questions shown below it. */
export const validateOpeningStatement: ConfigValidator = ({ body }) => {
  const questions = listAt(body, 'suggested_questions');
  if (questions.some((question) => typeof question !== 'string')) {
    throw new ModelConfigError('Elements in suggested_questions list must be of string type');
  }
  return { opening_statement: textAt(body, 'opening_statement'), suggested_questions: questions };
};

type ToggleKey = 'suggested_questions_after_answer' | 'speech_to_text' | 'retriever_resource' | 'more_like_this';

/** A feature that is only on or off; absent is off. */
export function validateToggle(key: ToggleKey): ConfigValidator {
  return ({ body }) => {
    const toggle = objectAt(body, key, { enabled: false });
    return { [key]: { ...toggle, enabled: flagAt(toggle, 'enabled', `enabled in ${key}`) } };
  };
}

/** `text_to_speech`: switched off it forgets voice and language; other keys (`autoPlay`) pass through. */
export const validateTextToSpeech: ConfigValidator = ({ body }) => {
  const speech = objectAt(body, 'text_to_speech');
  const enabled = flagAt(speech, 'enabled', 'enabled in text_to_speech');
  return { text_to_speech: enabled ? { ...speech, enabled } : { ...speech, enabled, voice: '', language: '' } };
};
