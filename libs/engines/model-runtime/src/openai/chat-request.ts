import type { EndpointFacts } from '../catalogue/facts.js';
import type { ModelCall } from '../ports/model-provider.port.js';
import type { LlmRequest, ModelParameters } from '../types/llm.js';
import type { Credentials } from '../types/provider-manifest.js';
import type { JsonRecord } from '../wire/json-access.js';
import { toChatMessages, toCompletionPrompt, toToolFields } from './chat-messages.js';
import type { CallStyle } from './chat-messages.js';
import { toResponseFormat } from './response-format.js';

/** Models that count thinking among the tokens of an answer, and have another name for the limit. */
const THINKING_MODELS = /^(o\d|gpt-[5-9])/;

/** Which of the two APIs a model is asked through. */
export type ChatMode = 'chat' | 'completion';

export interface ChatRequest {
  mode: ChatMode;
  /** Below the base address. */
  path: string;
  body: JsonRecord;
}

/** Puts a question into the words of chat completions, or completions where the model's mode says so. */
export function toChatRequest(
  call: ModelCall,
  endpoint: { model: string; facts: EndpointFacts },
  request: LlmRequest,
  stream: boolean,
): ChatRequest {
  const mode: ChatMode =
    (call.credentials.mode ?? call.credentials.completion_type ?? call.schema?.properties.mode) === 'completion' ? 'completion' : 'chat';
  const style = callStyle(call.credentials);
  const body: JsonRecord = { model: endpoint.model };
  if (mode === 'completion') body.prompt = toCompletionPrompt(request.messages);
  else {
    body.messages = toChatMessages(request.messages, style);
    if (request.tools?.length && offersTools(call.credentials)) Object.assign(body, toToolFields(request.tools, style));
  }
  Object.assign(body, toParameterFields(endpoint, call.credentials, request));
  body.stream = stream;
  if (stream && wantsUsage(endpoint.facts, call.credentials)) body.stream_options = { include_usage: true };
  if (request.stop?.length) body.stop = request.stop;
  if (request.user && endpoint.facts.sendUser && call.credentials.user_identity_support !== 'no_support') body.user = request.user;
  return { mode, path: mode === 'completion' ? '/completions' : '/chat/completions', body };
}

/** How functions are offered: by the form's field, where the form has one. */
function callStyle(credentials: Credentials): CallStyle {
  return credentials.function_calling_type === 'function_call' ? 'functions' : 'tools';
}

function offersTools(credentials: Credentials): boolean {
  return credentials.function_calling_type !== 'no_call';
}

function wantsUsage(facts: EndpointFacts, credentials: Credentials): boolean {
  return facts.includeUsage !== 'never' && credentials.stream_include_usage !== 'disabled';
}

function toParameterFields(endpoint: { model: string; facts: EndpointFacts }, credentials: Credentials, request: LlmRequest): JsonRecord {
  const parameters = request.parameters ?? {};
  const { response_format: _format, json_schema: _schema, max_tokens: maxTokens, enable_stream: _stream, ...rest } = parameters;
  const fields: JsonRecord = {};
  for (const [name, value] of Object.entries(rest)) fields[endpoint.facts.rename?.[name] ?? name] = value;
  if (maxTokens !== undefined) fields[limitName(endpoint.model, credentials)] = maxTokens;
  if ('thinking' in fields) fields.thinking = toThinking(fields.thinking);
  if (credentials.agent_thought_support !== undefined) applyThinkingForm(fields, credentials);
  const format = toResponseFormat(parameters, request.structuredOutput);
  return format ? { ...fields, response_format: format } : fields;
}

function limitName(model: string, credentials: Credentials): 'max_tokens' | 'max_completion_tokens' {
  const wanted = credentials.token_param_name;
  if (wanted === 'max_tokens' || wanted === 'max_completion_tokens') return wanted;
  return THINKING_MODELS.test(model) ? 'max_completion_tokens' : 'max_tokens';
}

/** The rule is a switch or a word; vendors want an object. */
function toThinking(value: unknown): unknown {
  if (typeof value === 'boolean') return { type: value ? 'enabled' : 'disabled' };
  return typeof value === 'string' ? { type: value } : value;
}

/**
 * What `agent_thought_support` and `compatibility_mode` of the form mean: a strict server is sent only what OpenAI knows, an extended one
 * the three spellings of the switch for thinking that servers understand.
 */
function applyThinkingForm(fields: ModelParameters, credentials: Credentials): void {
  const { enable_thinking: wanted, reasoning_format: format, reasoning_effort: effort } = fields;
  delete fields.enable_thinking;
  delete fields.reasoning_format;
  delete fields.reasoning_effort;
  const support = credentials.agent_thought_support;
  const thinks = support === 'supported' ? (wanted as boolean | undefined) : support === 'only_thinking_supported';
  if (effort !== undefined && thinks) fields.reasoning_effort = effort;
  if (credentials.compatibility_mode !== 'extended') return;
  if (format !== undefined) fields.reasoning_format = format;
  if (thinks === undefined) return;
  fields.enable_thinking = thinks;
  fields.thinking = { type: thinks ? 'enabled' : 'disabled' };
  fields.chat_template_kwargs = {
    enable_thinking: thinks,
    thinking: thinks,
    ...(effort !== undefined && thinks ? { reasoning_effort: effort } : {}),
  };
}
