import { isJsonObject } from '#common';
import type { JsonObject } from '#common';
import { ModelConfigError } from '../../chat.errors.js';
import { longProviderId } from '../provider-id.js';
import { isEmpty, own } from '../values.js';
import { quoted } from './validation-context.js';
import type { ConfigValidator } from './validation-context.js';

const MAX_STOP_SEQUENCES = 4;

/** `model`: an llm the workspace can call, and its parameters. Its mode is the model's own, else `completion`. */
export const validateModel: ConfigValidator = async ({ body, facts }) => {
  const model = own(body, 'model');
  if (model === undefined) throw new ModelConfigError('model is required');
  if (!isJsonObject(model)) throw new ModelConfigError('model must be of object type');

  const providers = await facts.availableProviders();
  const given = own(model, 'provider');
  const provider = typeof given === 'string' && given !== '' ? longProviderId(given) : null;
  if (provider === null || !providers.includes(provider)) {
    throw new ModelConfigError(`model.provider is required and must be in ${quoted(providers)}`);
  }

  const name = own(model, 'name');
  if (isEmpty(name)) throw new ModelConfigError('model.name is required');
  const names = await facts.llmNames(provider);
  if (typeof name !== 'string' || !names.includes(name)) throw new ModelConfigError('model.name must be in the specified model list');

  const mode = (await facts.modelMode(provider, name)) ?? 'completion';
  return { model: { ...model, provider, name, mode, completion_params: completionParams(model) } };
};

function completionParams(model: JsonObject): JsonObject {
  const params = own(model, 'completion_params');
  if (params === undefined) throw new ModelConfigError('model.completion_params is required');
  if (!isJsonObject(params)) throw new ModelConfigError('model.completion_params must be of object type');
  const stop = own(params, 'stop') ?? [];
  if (!Array.isArray(stop)) throw new ModelConfigError('stop in model.completion_params must be of list type');
  if (stop.length > MAX_STOP_SEQUENCES) {
    throw new ModelConfigError(`stop in model.completion_params must have at most ${MAX_STOP_SEQUENCES} entries`);
  }
  return { ...params, stop };
}
