import { CredentialsValidateError } from '../model-runtime.errors.js';
import type { ModelType } from '../types/model-type.js';
import type { CredentialField, CredentialForm, Credentials, FieldCondition } from '../types/provider-manifest.js';

/** What a client sends instead of a secret it does not want to change. */
export const HIDDEN_VALUE = '[__HIDDEN__]';

/**
 * Takes from `values` what the form asks for, checked (contract models-agents-tools 1.4): fields whose conditions do not hold and unknown keys are
 * left out, gaps are filled with defaults, a `switch` becomes true or is left out. Throws CredentialsValidateError.
 */
export function filterAndValidateCredentials(form: CredentialForm, values: Record<string, unknown>, modelType?: ModelType): Credentials {
  const known = modelType === undefined ? values : { ...values, __model_type: modelType };
  const credentials: Credentials = {};
  for (const field of form) {
    if (!holds(field.showOn, known)) continue;
    const value = fieldValue(field, values[field.variable]);
    if (value !== undefined && value !== false && value !== '') credentials[field.variable] = value;
  }
  return credentials;
}

function holds(conditions: readonly FieldCondition[], values: Record<string, unknown>): boolean {
  return conditions.every((condition) => Object.hasOwn(values, condition.variable) && values[condition.variable] === condition.value);
}

function fieldValue(field: CredentialField, value: unknown): string | boolean | undefined {
  const { variable } = field;
  if (value === undefined || value === null || value === '' || value === false) {
    if (field.required && value !== false) throw new CredentialsValidateError(`Variable ${variable} is required`, { variable });
    return field.default ? checked(field, field.default) : undefined;
  }
  if (field.type === 'switch' && value === true) return true;
  if (typeof value !== 'string') throw new CredentialsValidateError(`Variable ${variable} should be string`, { variable });
  return checked(field, value);
}

function checked(field: CredentialField, value: string): string | boolean {
  const { variable } = field;
  if (field.maxLength > 0 && value.length > field.maxLength) {
    throw new CredentialsValidateError(`Variable ${variable} length should not be greater than ${String(field.maxLength)}`, { variable });
  }
  if ((field.type === 'select' || field.type === 'radio') && field.options && !field.options.some((option) => option.value === value)) {
    const options = field.options.map((option) => option.value).join(', ');
    throw new CredentialsValidateError(`Variable ${variable} should be one of: ${options}`, { variable });
  }
  if (field.type !== 'switch') return value;
  const text = value.toLowerCase();
  if (text !== 'true' && text !== 'false') throw new CredentialsValidateError(`Variable ${variable} should be true or false`, { variable });
  return text === 'true';
}
