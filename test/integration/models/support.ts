import type { ConsoleClient } from '../../support/console-client.js';
import type { OpenAiVendor } from '../../support/openai-vendor.js';

/** The provider of OpenAI-shaped vendors, as one part of a path. */
export const COMPATIBLE = 'langgenius/openai_api_compatible/openai_api_compatible';
export const MODELS = `/workspaces/current/model-providers/${COMPATIBLE}/models`;

/** Credentials of a chat model at the test vendor. */
export const chatCredentials = (vendor: OpenAiVendor, key = 'sk-good-1234567890') => ({
  endpoint_url: vendor.url,
  api_key: key,
  mode: 'chat',
  context_size: '8192',
  max_tokens_to_sample: '4096',
});

/** A request about the chat model `m1`. */
export const chatModel = (extra: Record<string, unknown> = {}, model = 'm1') => ({ model, model_type: 'llm', ...extra });

/** What is shown of the credentials of a model. */
export const readCredentials = async (client: ConsoleClient, model = 'm1', query = '') =>
  (await client.get(`${MODELS}/credentials?model=${model}&model_type=llm&config_from=custom-model${query}`)).body;
