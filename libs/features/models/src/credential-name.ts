import { InvalidParamError } from '#common';
import { MAX_CREDENTIAL_NAME_LENGTH } from './models.constants.js';

const NUMBERED = /^API KEY (\d{1,9})$/;

/** The name for a credential nobody named: one above the highest number in use (contract models-agents-tools 2.4). */
export function nextCredentialName(existing: readonly string[]): string {
  const numbers = existing.map((name) => NUMBERED.exec(name)?.[1]).filter((digits) => digits !== undefined);
  return `API KEY ${String(Math.max(0, ...numbers.map(Number)) + 1)}`;
}

/** A name as given, trimmed; null when none was given. Throws `invalid_param` when it is too long. */
export function givenCredentialName(name: string | null | undefined): string | null {
  const trimmed = name?.trim() ?? '';
  if (trimmed.length > MAX_CREDENTIAL_NAME_LENGTH) {
    throw new InvalidParamError(`name may have at most ${String(MAX_CREDENTIAL_NAME_LENGTH)} characters.`, { params: 'name' });
  }
  return trimmed === '' ? null : trimmed;
}
