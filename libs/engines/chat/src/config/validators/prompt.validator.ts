import { isJsonObject } from '#common';
import type { JsonObject } from '#common';
import { ModelConfigError } from '../../chat.errors.js';
import type { ModelConfigDocument } from '../model-config-document.js';
import { isEmpty, own } from '../values.js';
import { listAt, objectAt, textAt } from './validation-context.js';
import type { ConfigValidator, ValidationContext } from './validation-context.js';

const MAX_CHAT_MESSAGES = 10;
const ROLES = ['system', 'user', 'assistant'];

/** `prompt_type` and the prompt that goes with it (contract console-apps-workflows 5.2). */
export const validatePrompt: ConfigValidator = (context) => {
  const { body } = context;
  const type = textAt(body, 'prompt_type') || 'simple';
  if (type !== 'simple' && type !== 'advanced') throw new ModelConfigError("prompt_type must be in ['simple', 'advanced']");
  const prompt = {
    prompt_type: type,
    chat_prompt_config: objectAt(body, 'chat_prompt_config'),
    completion_prompt_config: objectAt(body, 'completion_prompt_config'),
  };
  if (type === 'advanced') return { ...advanced(context, prompt), pre_prompt: textAt(body, 'pre_prompt') };
  return { ...prompt, pre_prompt: textAt(body, 'pre_prompt') };
};

interface AdvancedPrompt {
  prompt_type: string;
  chat_prompt_config: JsonObject;
  completion_prompt_config: JsonObject;
}

function advanced(context: ValidationContext, prompt: AdvancedPrompt): ModelConfigDocument {
  if (isEmpty(prompt.chat_prompt_config) && isEmpty(prompt.completion_prompt_config)) {
    throw new ModelConfigError('chat_prompt_config or completion_prompt_config is required when prompt_type is advanced');
  }
  const model = context.done.model;
  const mode = isJsonObject(model) ? own(model, 'mode') : undefined;
  if (mode === 'chat') {
    checkMessages(prompt.chat_prompt_config);
    return { ...prompt };
  }
  if (mode !== 'completion') throw new ModelConfigError("model.mode must be in ['chat', 'completion'] when prompt_type is advanced");
  checkCompletionText(prompt.completion_prompt_config);
  if (context.mode !== 'chat') return { ...prompt };
  return { ...prompt, completion_prompt_config: withRolePrefixes(prompt.completion_prompt_config) };
}

function checkMessages(config: JsonObject): void {
  const messages = listAt(config, 'prompt', 'chat_prompt_config.prompt');
  if (messages.length > MAX_CHAT_MESSAGES)
    throw new ModelConfigError(`chat_prompt_config.prompt must have at most ${MAX_CHAT_MESSAGES} messages`);
  for (const message of messages) {
    if (!isJsonObject(message) || typeof own(message, 'text') !== 'string' || !ROLES.includes(String(own(message, 'role')))) {
      throw new ModelConfigError(`chat_prompt_config.prompt must hold messages with a text and a role in ${ROLES.join(', ')}`);
    }
  }
}

function checkCompletionText(config: JsonObject): void {
  const prompt = objectAt(config, 'prompt', {}, 'completion_prompt_config.prompt');
  textAt(prompt, 'text', 'completion_prompt_config.prompt.text');
}

function withRolePrefixes(config: JsonObject): JsonObject {
  const role = objectAt(config, 'conversation_histories_role', {}, 'completion_prompt_config.conversation_histories_role');
  const prefixes = {
    ...role,
    user_prefix: textAt(role, 'user_prefix', 'conversation_histories_role.user_prefix') || 'Human',
    assistant_prefix: textAt(role, 'assistant_prefix', 'conversation_histories_role.assistant_prefix') || 'Assistant',
  };
  return { ...config, conversation_histories_role: prefixes };
}
