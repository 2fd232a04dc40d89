import type { CredentialForm, Credentials } from '../types/provider-manifest.js';
import { HIDDEN_VALUE } from './credential-form.js';

/** The names of the fields whose values are encrypted and masked. */
export function secretVariables(form: CredentialForm): string[] {
  return [...new Set(form.filter((field) => field.type === 'secret-input').map((field) => field.variable))];
}

/** Hides a secret: enough is left to tell two apart when it is long (contract models-agents-tools 2.4). */
export function maskSecret(secret: string): string {
  return secret.length <= 8 ? '*'.repeat(20) : `${secret.slice(0, 6)}${'*'.repeat(12)}${secret.slice(-2)}`;
}

/** Credentials fit to be shown: secrets masked, and so is every text the form does not know. */
export function maskCredentials(form: CredentialForm, credentials: Credentials): Credentials {
  const open = new Set(form.filter((field) => field.type !== 'secret-input').map((field) => field.variable));
  for (const variable of secretVariables(form)) open.delete(variable);
  return Object.fromEntries(
    Object.entries(credentials).map(([variable, value]) => [
      variable,
      typeof value === 'string' && !open.has(variable) ? maskSecret(value) : value,
    ]),
  );
}

/** Puts the stored secret where the client sent `[__HIDDEN__]`. */
export function restoreHidden(form: CredentialForm, values: Record<string, unknown>, stored: Credentials): Record<string, unknown> {
  const restored = { ...values };
  for (const variable of secretVariables(form)) {
    if (values[variable] === HIDDEN_VALUE && Object.hasOwn(stored, variable)) restored[variable] = stored[variable];
  }
  return restored;
}

/** Takes the secrets of a form out of a text that others wrote, such as a vendor's error message. */
export function redact(text: string, form: CredentialForm, credentials: Credentials): string {
  let redacted = text;
  for (const variable of secretVariables(form)) {
    const secret = credentials[variable];
    if (typeof secret === 'string' && secret.length >= 6) redacted = redacted.replaceAll(secret, '***');
  }
  return redacted;
}
