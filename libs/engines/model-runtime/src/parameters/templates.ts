import { i18n } from '../types/i18n.js';
import type { ParameterRule } from '../types/model-schema.js';

type Template = Pick<ParameterRule, 'label' | 'help' | 'type'> &
  Partial<Pick<ParameterRule, 'default' | 'min' | 'max' | 'precision' | 'options'>>;

/** What a rule may leave out by naming a template (contract models-agents-tools 1.3). */
export const PARAMETER_TEMPLATES: Readonly<Record<string, Template>> = {
  temperature: {
    label: i18n('Temperature', '温度'),
    help: i18n(
      'How freely the model picks its words: 0 takes the likeliest, higher values vary more.',
      '控制用词的随机程度：0 总是选择最可能的词，数值越高变化越多。',
    ),
    type: 'float',
    default: 0,
    min: 0,
    max: 1,
    precision: 2,
  },
  top_p: {
    label: i18n('Top P', 'Top P'),
    help: i18n(
      'The model picks among the likeliest words whose probabilities add up to this share.',
      '模型只在累计概率达到该比例的最可能的词中选择。',
    ),
    type: 'float',
    default: 1,
    min: 0,
    max: 1,
    precision: 2,
  },
  top_k: {
    label: i18n('Top K', 'Top K'),
    help: i18n('The model picks among this many of the likeliest words.', '模型只在最可能的这么多个词中选择。'),
    type: 'int',
    default: 50,
    min: 1,
    max: 100,
    precision: 0,
  },
  presence_penalty: {
    label: i18n('Presence Penalty', '存在惩罚'),
    help: i18n(
      'Makes words that already occurred less likely, however often they did.',
      '降低已出现过的词再次出现的可能，与出现次数无关。',
    ),
    type: 'float',
    default: 0,
    min: 0,
    max: 1,
    precision: 2,
  },
  frequency_penalty: {
    label: i18n('Frequency Penalty', '频率惩罚'),
    help: i18n('Makes words less likely the more often they already occurred.', '词出现得越频繁，再次出现的可能越低。'),
    type: 'float',
    default: 0,
    min: 0,
    max: 1,
    precision: 2,
  },
  max_tokens: {
    label: i18n('Max Tokens', '最大标记'),
    help: i18n('The answer ends when it has this many tokens.', '回答达到该标记数后结束。'),
    type: 'int',
    default: 64,
    min: 1,
    max: 2048,
    precision: 0,
  },
  response_format: {
    label: i18n('Response Format', '回复格式'),
    help: i18n('The form the answer shall have.', '回答应采用的格式。'),
    type: 'string',
    options: ['JSON', 'XML'],
  },
  json_schema: {
    label: i18n('JSON Schema', 'JSON Schema'),
    help: i18n('The JSON schema the answer shall follow.', '回答应遵循的 JSON Schema。'),
    type: 'text',
  },
};
