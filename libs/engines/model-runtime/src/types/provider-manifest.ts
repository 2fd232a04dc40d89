import type { I18n } from './i18n.js';
import type { ConfigurateMethod, ModelType } from './model-type.js';

/** A condition on another field of the form; the pseudo variable `__model_type` is the model's type. */
export interface FieldCondition {
  variable: string;
  value: string;
}

export interface FieldOption {
  label: I18n;
  value: string;
  showOn: FieldCondition[];
}

/** One field of a credential form (contract console-accounts 11.2). */
export interface CredentialField {
  variable: string;
  label: I18n;
  type: 'text-input' | 'secret-input' | 'select' | 'radio' | 'switch';
  required: boolean;
  default: string | null;
  options: FieldOption[] | null;
  placeholder: I18n | null;
  /** 0: unlimited. */
  maxLength: number;
  /** The field takes part only when all hold. */
  showOn: FieldCondition[];
}

export type CredentialForm = readonly CredentialField[];

/** Credentials as stored and used: strings, and booleans of `switch` fields. */
export type Credentials = Record<string, string | boolean>;

/** Everything about a provider except its models. */
export interface ProviderManifest {
  /** `<organization>/<plugin>/<provider>`. */
  provider: string;
  label: I18n;
  description: I18n | null;
  /** Colour of the card, `#rrggbb`. */
  background: string | null;
  help: { title: I18n; url: I18n } | null;
  supportedModelTypes: ModelType[];
  configurateMethods: ConfigurateMethod[];
  /** Null when the provider has no predefined models. */
  providerForm: CredentialForm | null;
  /** Null when the provider has no customizable models. */
  modelForm: { label: I18n; placeholder: I18n; fields: CredentialForm } | null;
}
