import type { ProviderManifest } from '#engines/model-runtime';
import type { ListedModel } from '../../services/model-catalog.js';
import { I18nResponse } from './i18n.response.js';
import { ModelResponse } from './model.response.js';
import { iconLinks } from './provider-icons.js';
import type { ProviderContext } from './provider-summary.response.js';

/** A provider with those of its models that can be used now. */
export class ProviderWithModelsResponse {
  /** Workspace. @example 0f3c1a52-9a5e-7c11-8b1e-2a4f6c8d0e12 */
  tenant_id: string;
  /** Id. @example langgenius/openai/openai */
  provider: string;
  /** Name of the provider. */
  label: I18nResponse;
  /** Addresses of the icon. */
  icon_small: I18nResponse | null;
  /** Addresses of the icon on dark ground. */
  icon_small_dark: I18nResponse | null;
  /** Always `active`. @example active */
  status: 'active';
  /** Its usable models of the type. */
  models: ModelResponse[];

  static from(provider: ProviderManifest, models: readonly ListedModel[], { tenantId, base }: ProviderContext): ProviderWithModelsResponse {
    return Object.assign(new ProviderWithModelsResponse(), {
      tenant_id: tenantId,
      provider: provider.provider,
      label: I18nResponse.from(provider.label),
      icon_small: iconLinks(base, tenantId, provider.provider),
      icon_small_dark: null,
      status: 'active' as const,
      models: models.map((listed) => ModelResponse.from(listed)),
    });
  }
}

/** The models of one type that can be used now, by provider. */
export class ModelsByTypeResponse {
  /** Providers with usable models. */
  data: ProviderWithModelsResponse[];

  static from(found: readonly { provider: ProviderManifest; models: ListedModel[] }[], context: ProviderContext): ModelsByTypeResponse {
    const withModels = found
      .map(({ provider, models }) => ({ provider, models: models.filter((listed) => !listed.schema.deprecated) }))
      .filter(({ models }) => models.length > 0);
    return Object.assign(new ModelsByTypeResponse(), {
      data: withModels.map(({ provider, models }) => ProviderWithModelsResponse.from(provider, models, context)),
    });
  }
}
