import type { ModelType, ProviderManifest } from '#engines/model-runtime';
import { ProviderSummaryResponse, type ProviderContext } from './provider-summary.response.js';

/** The model that is used where none is named. */
export class DefaultModelItemResponse {
  /** Name. @example gpt-4o */
  model: string;
  /** Type. @example llm */
  model_type: ModelType;
  /** Its provider. */
  provider: ProviderSummaryResponse;
}

/** The default model of a type. */
export class DefaultModelResponse {
  /** Null when the workspace has no model of the type. */
  data: DefaultModelItemResponse | null;

  static none(): DefaultModelResponse {
    return Object.assign(new DefaultModelResponse(), { data: null });
  }

  static from(model: string, modelType: ModelType, manifest: ProviderManifest, context: ProviderContext): DefaultModelResponse {
    const item = Object.assign(new DefaultModelItemResponse(), {
      model,
      model_type: modelType,
      provider: ProviderSummaryResponse.from(manifest, context),
    });
    return Object.assign(new DefaultModelResponse(), { data: item });
  }
}
