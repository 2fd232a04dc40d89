import { withStructuredOutput } from '../catalogue/model-schema.js';
import { toParameterRule } from '../parameters/parameter-rule.js';
import { i18n } from '../types/i18n.js';
import type { ModelProperties, ModelSchema, ParameterRule } from '../types/model-schema.js';
import type { ModelFeature, ModelType } from '../types/model-type.js';
import type { Credentials } from '../types/provider-manifest.js';

/** Describes a model named by the workspace by what was filled into its form (contract models-agents-tools 20.1, notes). */
export function describeCustomModel(model: string, modelType: ModelType, credentials: Credentials): ModelSchema {
  const parameterRules = modelType === 'llm' ? llmRules(credentials) : [];
  const label = text(credentials.display_name) ?? text(credentials.model_label_en_US) ?? model;
  return {
    model,
    label: i18n(label, text(credentials.model_label_zh_Hans) ?? label),
    modelType,
    features: modelType === 'llm' ? withStructuredOutput(llmFeatures(credentials), parameterRules) : otherFeatures(credentials),
    fetchFrom: 'customizable-model',
    properties: properties(modelType, credentials),
    deprecated: false,
    parameterRules,
    pricing: null,
  };
}

function properties(modelType: ModelType, credentials: Credentials): ModelProperties {
  const contextSize = whole(credentials.context_size);
  const context = contextSize === undefined ? {} : { context_size: contextSize };
  switch (modelType) {
    case 'llm':
      return {
        ...context,
        mode: credentials.mode === 'completion' || credentials.completion_type === 'completion' ? 'completion' : 'chat',
      };
    case 'text-embedding':
      return { ...context, max_chunks: whole(credentials.max_chunks) ?? 1 };
    case 'tts':
      return speechProperties(credentials);
    case 'rerank':
      return context;
    case 'speech2text':
    case 'moderation':
      return {};
  }
}

function speechProperties(credentials: Credentials): ModelProperties {
  const names = (text(credentials.voices) ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return {
    ...(names[0] === undefined
      ? {}
      : { default_voice: names[0], voices: names.map((name) => ({ mode: name, name, language: ['en-US', 'zh-Hans'] })) }),
    audio_type: text(credentials.audio_type) ?? 'mp3',
    word_limit: whole(credentials.word_limit) ?? 4096,
  };
}

function llmFeatures(credentials: Credentials): ModelFeature[] {
  const is = (field: string, ...values: string[]): boolean => values.includes(String(credentials[field]));
  const features: [ModelFeature, boolean][] = [
    ['tool-call', is('function_calling_type', 'function_call') || is('function_call_support', 'true')],
    ['multi-tool-call', is('function_calling_type', 'tool_call') || is('function_call_support', 'true')],
    ['stream-tool-call', is('stream_function_calling', 'supported', 'support') || is('function_call_support', 'true')],
    ['vision', is('vision_support', 'support', 'true')],
    ['agent-thought', is('agent_thought_support', 'supported', 'only_thinking_supported') || is('reasoning_support', 'support')],
    ['video', is('video_support', 'support')],
    ['audio', is('audio_support', 'support')],
    ['document', is('document_support', 'support')],
    ['structured-output', is('structured_output_support', 'supported')],
  ];
  return features.filter(([, has]) => has).map(([feature]) => feature);
}

function otherFeatures(credentials: Credentials): ModelFeature[] | null {
  return credentials.vision_support === 'support' ? ['vision'] : null;
}

function llmRules(credentials: Credentials): ParameterRule[] {
  const maxTokens = whole(credentials.max_tokens_to_sample) ?? whole(credentials.max_tokens) ?? whole(credentials.context_size) ?? 4096;
  const rules = [
    rule('temperature', { type: 'float', default: 0.7, min: 0, max: 2, precision: 2 }),
    rule('top_p', { type: 'float', default: 1, min: 0, max: 1, precision: 2 }),
    rule('frequency_penalty', { type: 'float', default: 0, min: -2, max: 2 }),
    rule('presence_penalty', { type: 'float', default: 0, min: -2, max: 2 }),
    rule('max_tokens', { type: 'int', default: Math.min(512, maxTokens), min: 1, max: maxTokens }),
  ];
  const thinks = credentials.agent_thought_support;
  if (thinks === 'supported') rules.push(rule('enable_thinking', { type: 'boolean' }));
  if (thinks === 'supported' || thinks === 'only_thinking_supported') {
    rules.push(rule('reasoning_format', { type: 'string', options: ['none', 'auto', 'deepseek', 'deepseek-legacy'] }));
    rules.push(rule('reasoning_effort', { type: 'string', options: ['low', 'medium', 'high'] }));
  }
  if (credentials.structured_output_support === 'supported') {
    rules.push(rule('response_format', { type: 'string', options: ['text', 'json_object', 'json_schema'] }));
    rules.push(toParameterRule({ name: 'json_schema', use_template: 'json_schema' }));
  }
  return rules;
}

/** A rule of its own with the label and the help of the template of the same name. */
function rule(
  name: string,
  own: Partial<Pick<ParameterRule, 'type' | 'default' | 'min' | 'max' | 'precision' | 'options'>>,
): ParameterRule {
  const { label, help } = toParameterRule({ name, use_template: name });
  return {
    name,
    useTemplate: null,
    label,
    help,
    type: 'string',
    required: false,
    default: null,
    min: null,
    max: null,
    precision: null,
    options: [],
    ...own,
  };
}

function text(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function whole(value: string | boolean | undefined): number | undefined {
  const number = typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isInteger(number) && number > 0 ? number : undefined;
}
