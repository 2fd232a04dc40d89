import type { ConfigurateMethod, ModelFeature, ModelProperties, ModelType, ModelVoice } from '#engines/model-runtime';
import type { ListedModel, ModelStatus } from '../../services/model-catalog.js';
import { I18nResponse } from './i18n.response.js';
import { ProviderSummaryResponse, type ProviderContext } from './provider-summary.response.js';

/** A voice of a speech model. */
export class ModelVoiceResponse implements ModelVoice {
  /** Value to send. @example alloy */
  mode: string;
  /** Name to show. @example Alloy */
  name: string;
  /** Languages it speaks. @example ["en-US"] */
  language: string[];
}

/** What is known about a model; what is not known is left out. */
export class ModelPropertiesResponse implements ModelProperties {
  /** Kind of llm. @example chat */
  mode?: 'chat' | 'completion';
  /** Tokens of prompt and answer together. @example 128000 */
  context_size?: number;
  /** Texts embedded at a time. @example 32 */
  max_chunks?: number;
  /** Largest sound file in MB. @example 25 */
  file_upload_limit?: number;
  /** Kinds of sound file, comma separated. @example mp3,wav */
  supported_file_extensions?: string;
  /** Characters moderated at a time. @example 2000 */
  max_characters_per_chunk?: number;
  /** Voice used when none is named. @example alloy */
  default_voice?: string;
  /** Voices of a speaking model. */
  voices?: ModelVoiceResponse[];
  /** Characters spoken at a time. @example 3500 */
  word_limit?: number;
  /** Format of speech. @example mp3 */
  audio_type?: string;
  /** Calls at a time. @example 5 */
  max_workers?: number;
}

/** A model of a workspace. */
export class ModelResponse {
  /** Name. @example gpt-4o */
  model: string;
  /** Name for people. */
  label: I18nResponse;
  /** Type. @example llm */
  model_type: ModelType;
  /** What it can do beyond text. @example ["tool-call","vision"] */
  features: ModelFeature[] | null;
  /** Listed by the provider or added by the workspace. @example predefined-model */
  fetch_from: ConfigurateMethod;
  /** What it can hold and do. */
  model_properties: ModelPropertiesResponse;
  /** Whether the vendor is about to end it. @example false */
  deprecated: boolean;
  /** Whether it can be used, and if not why. @example active */
  status: ModelStatus;
  /** Whether calls take turns among credentials. @example false */
  load_balancing_enabled: boolean;
  /** Whether too few of these credentials are usable. @example false */
  has_invalid_load_balancing_configs: boolean;

  static from(listed: ListedModel): ModelResponse {
    return Object.assign(new ModelResponse(), fieldsOf(listed));
  }
}

/** A model of a workspace with its provider. */
export class ModelWithProviderResponse extends ModelResponse {
  /** Its provider. */
  provider: ProviderSummaryResponse;

  static withProvider(listed: ListedModel, context: ProviderContext): ModelWithProviderResponse {
    return Object.assign(new ModelWithProviderResponse(), fieldsOf(listed), {
      provider: ProviderSummaryResponse.from(listed.provider, context),
    });
  }
}

/** The models of a provider. */
export class ProviderModelsResponse {
  /** The models. */
  data: ModelWithProviderResponse[];

  static from(models: readonly ListedModel[], context: ProviderContext): ProviderModelsResponse {
    return Object.assign(new ProviderModelsResponse(), {
      data: models.map((listed) => ModelWithProviderResponse.withProvider(listed, context)),
    });
  }
}

function fieldsOf(listed: ListedModel): ModelResponse {
  const { schema } = listed;
  return {
    model: schema.model,
    label: I18nResponse.from(schema.label),
    model_type: schema.modelType,
    features: schema.features,
    fetch_from: schema.fetchFrom,
    model_properties: schema.properties,
    deprecated: schema.deprecated,
    status: listed.status,
    load_balancing_enabled: listed.loadBalancingEnabled,
    has_invalid_load_balancing_configs: listed.hasInvalidLoadBalancing,
  };
}
