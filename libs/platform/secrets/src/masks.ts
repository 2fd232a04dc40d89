/** Sent instead of a secret on update: the stored value stays (contract console-accounts 2.1). */
export const HIDDEN_VALUE = '[__HIDDEN__]';
/** Put in place of a hidden value that has no stored original. */
export const UNKNOWN_VALUE = '[__UNKNOWN__]';

const SHORT_SECRET = 8;
const SHORT_TOOL_SECRET = 6;

/** A model credential as it is shown: the first 6 and last 2 characters, nothing of a short one. */
export function maskSecret(secret: string): string {
  if (secret === '') return '';
  if (secret.length <= SHORT_SECRET) return '*'.repeat(20);
  return `${secret.slice(0, 6)}${'*'.repeat(12)}${secret.slice(-2)}`;
}

/** A tool credential as it is shown: the first 2 and last 2 characters with one asterisk a hidden one, nothing of a short one. */
export function maskToolSecret(secret: string): string {
  if (secret.length <= SHORT_TOOL_SECRET) return '*'.repeat(secret.length);
  return `${secret.slice(0, 2)}${'*'.repeat(secret.length - 4)}${secret.slice(-2)}`;
}
