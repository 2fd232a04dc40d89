import type { ModelType, ProviderManifest } from '#engines/model-runtime';
import { I18nResponse } from './i18n.response.js';
import { iconLinks } from './provider-icons.js';

/** Whose list it is and where links to icons begin. */
export interface ProviderContext {
  tenantId: string;
  /** `https://host[:port]`. */
  base: string;
}

/** A provider in short. */
export class ProviderSummaryResponse {
  /** Id. @example langgenius/openai/openai */
  provider: string;
  /** Name of the provider. */
  label: I18nResponse;
  /** Links to the icon. */
  icon_small: I18nResponse | null;
  /** Links to the icon for dark pages; there is none. */
  icon_small_dark: I18nResponse | null;
  /** Types of its models. @example ["llm","text-embedding"] */
  supported_model_types: ModelType[];
  /** Always empty here. */
  models: string[];
  /** Workspace. @example 0f3c1a52-9a5e-7c11-8b1e-2a4f6c8d0e12 */
  tenant_id: string;

  static from(manifest: ProviderManifest, { tenantId, base }: ProviderContext): ProviderSummaryResponse {
    return Object.assign(new ProviderSummaryResponse(), {
      provider: manifest.provider,
      label: I18nResponse.from(manifest.label),
      icon_small: iconLinks(base, tenantId, manifest.provider),
      icon_small_dark: null,
      supported_model_types: manifest.supportedModelTypes,
      models: [],
      tenant_id: tenantId,
    });
  }
}
