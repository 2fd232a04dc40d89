import type { LlmRequest, ModelParameters } from '../types/llm.js';
import { asNumber, asRecord, asText, tryParseJson } from '../wire/json-access.js';
import type { SdkOptions } from './anthropic-prompt.js';
import { toSdkPrompt, toSdkTools } from './anthropic-prompt.js';

type ProviderOptions = NonNullable<SdkOptions['providerOptions']>[string];

/** A question in the package's words. */
export function toSdkOptions(request: LlmRequest, signal: AbortSignal | undefined): SdkOptions {
  const parameters = request.parameters ?? {};
  const ttl: '5m' | '1h' = parameters.prompt_caching_ttl === '1h' ? '1h' : '5m';
  const tools = toSdkTools(request.tools, parameters.prompt_caching_tool_definitions === true ? { ttl } : null);
  return {
    prompt: toSdkPrompt(request.messages, parameters.prompt_caching_system_message === true ? { ttl } : null),
    maxOutputTokens: asNumber(parameters.max_tokens),
    temperature: asNumber(parameters.temperature),
    topP: asNumber(parameters.top_p),
    topK: asNumber(parameters.top_k),
    ...(request.stop?.length ? { stopSequences: [...request.stop] } : {}),
    ...(tools ? { tools, toolChoice: { type: 'auto' } } : {}),
    ...responseFormat(request),
    providerOptions: { anthropic: toProviderOptions(parameters, request.user) },
    ...(signal ? { abortSignal: signal } : {}),
  };
}

function responseFormat(request: LlmRequest): Pick<SdkOptions, 'responseFormat'> {
  const given = asText(request.parameters?.json_schema);
  const parsed = given === undefined ? undefined : asRecord(tryParseJson(given));
  const schema = request.structuredOutput?.schema ?? asRecord(parsed?.schema) ?? parsed;
  return schema ? { responseFormat: { type: 'json', schema, name: request.structuredOutput?.name ?? 'llm_response' } } : {};
}

function toProviderOptions(parameters: ModelParameters, user: string | undefined): ProviderOptions {
  const thinking = toThinking(parameters);
  const effort = asText(parameters.effort);
  return { ...(thinking ? { thinking } : {}), ...(effort ? { effort } : {}), ...(user ? { metadata: { userId: user } } : {}) };
}

/** Models with a budget of their own are told it; newer ones decide themselves and are told what to show. */
function toThinking(parameters: ModelParameters): ProviderOptions[string] | undefined {
  const { thinking, thinking_budget: budget, thinking_display: display } = parameters;
  if (thinking === false) return { type: 'disabled' };
  if (thinking === true && typeof budget === 'number') return { type: 'enabled', budgetTokens: budget };
  if (display === 'omitted' || display === 'summarized') return { type: 'adaptive', display };
  return thinking === true ? { type: 'adaptive' } : undefined;
}
