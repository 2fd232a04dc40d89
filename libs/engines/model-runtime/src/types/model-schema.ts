import type { I18n } from './i18n.js';
import type { ConfigurateMethod, ModelFeature, ModelType } from './model-type.js';

export type ParameterType = 'float' | 'int' | 'string' | 'boolean' | 'text';

/** One parameter a model takes, for the console's form and for checking values (contract 1.3). */
export interface ParameterRule {
  name: string;
  useTemplate: string | null;
  label: I18n;
  type: ParameterType;
  help: I18n | null;
  required: boolean;
  default: number | string | boolean | null;
  min: number | null;
  max: number | null;
  /** Digits after the point. */
  precision: number | null;
  options: string[];
}

/** A price list: `tokens * input * unit` is what a prompt costs, in `currency`. Decimal strings. */
export interface ModelPricing {
  input: string;
  output: string | null;
  unit: string;
  currency: string;
}

/** A voice of a tts model, for the languages it speaks (`en-US`, ...). */
export interface ModelVoice {
  mode: string;
  name: string;
  language: string[];
}

/** What is known about a model. Keys are those of the wire (contract 1.1, "model property key"). */
export interface ModelProperties {
  mode?: 'chat' | 'completion';
  context_size?: number;
  max_chunks?: number;
  file_upload_limit?: number;
  supported_file_extensions?: string;
  max_characters_per_chunk?: number;
  default_voice?: string;
  voices?: ModelVoice[];
  word_limit?: number;
  audio_type?: string;
  max_workers?: number;
}

/** A model: what it is, what it can do, what it takes and what it costs. */
export interface ModelSchema {
  model: string;
  label: I18n;
  modelType: ModelType;
  features: ModelFeature[] | null;
  fetchFrom: ConfigurateMethod;
  properties: ModelProperties;
  deprecated: boolean;
  parameterRules: ParameterRule[];
  /** Null when no price is known: nothing is guessed. */
  pricing: ModelPricing | null;
}
