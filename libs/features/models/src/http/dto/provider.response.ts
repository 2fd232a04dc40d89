import type { ConfigurateMethod, ModelType } from '#engines/model-runtime';
import type { CredentialRef } from '../../provider-configuration.js';
import type { ListedProvider } from '../../services/provider-overview.js';
import { ModelCredentialFormResponse, ProviderCredentialFormResponse } from './credential-form.response.js';
import { I18nResponse } from './i18n.response.js';
import { iconLinks } from './provider-icons.js';
import type { ProviderContext } from './provider-summary.response.js';

/** A credential by name. */
export class CredentialRefResponse {
  /** Id of the credentials. @example 0f3c1a52-9a5e-7c11-8b1e-2a4f6c8d0e12 */
  credential_id: string;
  /** Name of the credentials. @example "API KEY 1" */
  credential_name: string;

  static from(credential: CredentialRef): CredentialRefResponse {
    return Object.assign(new CredentialRefResponse(), { credential_id: credential.id, credential_name: credential.name });
  }
}

/** Where to get credentials. */
export class ProviderHelpResponse {
  /** Text of the link. */
  title: I18nResponse;
  /** Where it leads. */
  url: I18nResponse;
}

/** A model by name and type. */
export class ModelNameResponse {
  /** Name of the model. @example my-model */
  model: string;
  /** Kind of model. @example llm */
  model_type: ModelType;
}

/** A model the workspace has credentials for. */
export class CustomModelResponse extends ModelNameResponse {
  /** Always null: credentials are read one by one. */
  credentials: null;
  /** Credential in use. @example 0f3c1a52-9a5e-7c11-8b1e-2a4f6c8d0e12 */
  current_credential_id: string | null;
  /** Name of the credentials in use; null when there are none. @example "API KEY 1" */
  current_credential_name: string | null;
  /** All saved credentials of the model. */
  available_model_credentials: CredentialRefResponse[];
  /** Whether it has credentials and is not in the list. @example false */
  unadded_to_model_list: boolean;
}

/** What the workspace set up for a provider. */
export class CustomConfigurationResponse {
  /** `active` with a credential or a model of the workspace's own, or where none is needed. @example active */
  status: 'active' | 'no-configure';
  /** Credential in use. @example 0f3c1a52-9a5e-7c11-8b1e-2a4f6c8d0e12 */
  current_credential_id: string | null;
  /** Name of the credentials in use; null when there are none. @example "API KEY 1" */
  current_credential_name: string | null;
  /** All saved credentials. */
  available_credentials: CredentialRefResponse[];
  /** Models that were added by name. */
  custom_models: CustomModelResponse[];
  /** Models that have credentials and are not in the list. */
  can_added_models: ModelNameResponse[];
}

/** Credentials of the system: this installation has none. */
export class SystemConfigurationResponse {
  /** Whether the system lends credentials of its own; it never does. @example false */
  enabled: boolean;
  /** Always null; there are no quotas. */
  current_quota_type: null;
  /** Always empty. */
  quota_configurations: string[];
}

/** A provider of models, and what the workspace set up for it. */
export class ProviderResponse {
  /** Workspace. @example 0f3c1a52-9a5e-7c11-8b1e-2a4f6c8d0e12 */
  tenant_id: string;
  /** Id. @example langgenius/openai/openai */
  provider: string;
  /** Name of the provider. */
  label: I18nResponse;
  /** What it offers. */
  description: I18nResponse | null;
  /** Addresses of the icon. */
  icon_small: I18nResponse | null;
  /** Addresses of the icon on dark ground. */
  icon_small_dark: I18nResponse | null;
  /** Colour of its card. @example #E5E7EB */
  background: string | null;
  /** Where keys are got. */
  help: ProviderHelpResponse | null;
  /** Kinds of models it has. @example ["llm","text-embedding"] */
  supported_model_types: ModelType[];
  /** Whether it lists models itself, takes models by name, or both. @example ["predefined-model"] */
  configurate_methods: ConfigurateMethod[];
  /** Null when the provider has no credentials of its own. */
  provider_credential_schema: ProviderCredentialFormResponse | null;
  /** Null when models can't be added by name. */
  model_credential_schema: ModelCredentialFormResponse | null;
  /** Whose credentials are used: the workspace's or the system's. @example custom */
  preferred_provider_type: 'custom' | 'system';
  /** The workspace's own credentials. */
  custom_configuration: CustomConfigurationResponse;
  /** The system's credentials. */
  system_configuration: SystemConfigurationResponse;

  static from({ manifest, setup }: ListedProvider, { tenantId, base }: ProviderContext): ProviderResponse {
    return Object.assign(new ProviderResponse(), {
      tenant_id: tenantId,
      provider: manifest.provider,
      label: I18nResponse.from(manifest.label),
      description: I18nResponse.orNull(manifest.description),
      icon_small: iconLinks(base, tenantId, manifest.provider),
      icon_small_dark: null,
      background: manifest.background,
      help:
        manifest.help &&
        Object.assign(new ProviderHelpResponse(), {
          title: I18nResponse.from(manifest.help.title),
          url: I18nResponse.from(manifest.help.url),
        }),
      supported_model_types: manifest.supportedModelTypes,
      configurate_methods: manifest.configurateMethods,
      provider_credential_schema: manifest.providerForm && ProviderCredentialFormResponse.from(manifest.providerForm),
      model_credential_schema: manifest.modelForm && ModelCredentialFormResponse.from(manifest.modelForm),
      preferred_provider_type: setup.preferred,
      custom_configuration: Object.assign(new CustomConfigurationResponse(), {
        status: setup.isActive ? 'active' : 'no-configure',
        current_credential_id: setup.credential?.id ?? null,
        current_credential_name: setup.credential?.name ?? null,
        available_credentials: setup.credentials.map((credential) => CredentialRefResponse.from(credential)),
        custom_models: setup.models.map((model) =>
          Object.assign(new CustomModelResponse(), {
            model: model.model,
            model_type: model.modelType,
            credentials: null,
            current_credential_id: model.credential?.id ?? null,
            current_credential_name: model.credential?.name ?? null,
            available_model_credentials: model.credentials.map((credential) => CredentialRefResponse.from(credential)),
            unadded_to_model_list: !model.isListed,
          }),
        ),
        can_added_models: setup.models
          .filter((model) => !model.isListed)
          .map((model) => Object.assign(new ModelNameResponse(), { model: model.model, model_type: model.modelType })),
      }),
      system_configuration: Object.assign(new SystemConfigurationResponse(), {
        enabled: false,
        current_quota_type: null,
        quota_configurations: [],
      }),
    });
  }
}

/** The providers of a workspace. */
export class ProvidersResponse {
  /** All providers. */
  data: ProviderResponse[];

  static from(providers: readonly ListedProvider[], context: ProviderContext): ProvidersResponse {
    return Object.assign(new ProvidersResponse(), { data: providers.map((provider) => ProviderResponse.from(provider, context)) });
  }
}
