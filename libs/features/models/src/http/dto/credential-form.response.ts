import type { CredentialField, FieldCondition, FieldOption } from '#engines/model-runtime';
import { I18nResponse } from './i18n.response.js';

/** A condition on another field of the form. */
export class FieldConditionResponse {
  /** Field, or `__model_type`. @example __model_type */
  variable: string;
  /** What it must be. @example llm */
  value: string;

  static from(condition: FieldCondition): FieldConditionResponse {
    return Object.assign(new FieldConditionResponse(), { variable: condition.variable, value: condition.value });
  }
}

/** A choice of a select or radio field. */
export class FieldOptionResponse {
  /** Name of the choice. */
  label: I18nResponse;
  /** What is sent for it. @example chat */
  value: string;
  /** Shown only when all of these hold. */
  show_on: FieldConditionResponse[];

  static from(option: FieldOption): FieldOptionResponse {
    return Object.assign(new FieldOptionResponse(), {
      label: I18nResponse.from(option.label),
      value: option.value,
      show_on: option.showOn.map((condition) => FieldConditionResponse.from(condition)),
    });
  }
}

/** One field of a credential form. */
export class CredentialFieldResponse {
  /** Key in the credentials. @example api_key */
  variable: string;
  /** Name of the field. */
  label: I18nResponse;
  /** How it is entered. @example secret-input */
  type: 'text-input' | 'secret-input' | 'select' | 'radio' | 'switch';
  /** Whether it must be filled in. */
  required: boolean;
  /** What it is when left empty. @example 4096 */
  default: string | null;
  /** Choices; empty for other types. */
  options: FieldOptionResponse[];
  /** Hint in the empty field. */
  placeholder: I18nResponse | null;
  /** Most characters; 0: any number. @example 0 */
  max_length: number;
  /** The field is shown only when all hold. */
  show_on: FieldConditionResponse[];

  static from(field: CredentialField): CredentialFieldResponse {
    return Object.assign(new CredentialFieldResponse(), {
      variable: field.variable,
      label: I18nResponse.from(field.label),
      type: field.type,
      required: field.required,
      default: field.default,
      options: (field.options ?? []).map((option) => FieldOptionResponse.from(option)),
      placeholder: I18nResponse.orNull(field.placeholder),
      max_length: field.maxLength,
      show_on: field.showOn.map((condition) => FieldConditionResponse.from(condition)),
    });
  }
}

/** The form for the credentials of a whole provider. */
export class ProviderCredentialFormResponse {
  /** The fields, in order. */
  credential_form_schemas: CredentialFieldResponse[];

  static from(fields: readonly CredentialField[]): ProviderCredentialFormResponse {
    return Object.assign(new ProviderCredentialFormResponse(), {
      credential_form_schemas: fields.map((field) => CredentialFieldResponse.from(field)),
    });
  }
}

/** The field in which a model is named. */
export class ModelNameFieldResponse {
  /** Name of the field. */
  label: I18nResponse;
  /** Hint in the empty field. */
  placeholder: I18nResponse | null;
}

/** The form for the credentials of one model. */
export class ModelCredentialFormResponse {
  /** The field for the model's name. */
  model: ModelNameFieldResponse;
  /** The fields, in order. */
  credential_form_schemas: CredentialFieldResponse[];

  static from(form: {
    label: CredentialField['label'];
    placeholder: CredentialField['label'];
    fields: readonly CredentialField[];
  }): ModelCredentialFormResponse {
    return Object.assign(new ModelCredentialFormResponse(), {
      model: Object.assign(new ModelNameFieldResponse(), {
        label: I18nResponse.from(form.label),
        placeholder: I18nResponse.from(form.placeholder),
      }),
      credential_form_schemas: form.fields.map((field) => CredentialFieldResponse.from(field)),
    });
  }
}
