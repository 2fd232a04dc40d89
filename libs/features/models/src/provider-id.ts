import { InvalidParamError } from '#common';

const PART = /^[a-z0-9_-]+$/;
/** Bare names whose long id does not repeat them under `langgenius`. */
const LONG_IDS: Readonly<Record<string, string>> = { google: 'langgenius/gemini/google', builtin: 'baya/builtin/builtin' };

/**
 * The long id `<organization>/<plugin>/<provider>` of a provider; a bare name belongs to `langgenius` (contract console-accounts
 * 11.1). Throws `invalid_param` for anything else.
 */
export function parseProviderId(text: string): string {
  const parts = text.split('/');
  if (!parts.every((part) => PART.test(part)) || (parts.length !== 1 && parts.length !== 3)) {
    throw new InvalidParamError(`${text.slice(0, 100)} is no provider id: write organization/plugin/provider.`, { params: 'provider' });
  }
  if (parts.length === 3) return text;
  return Object.hasOwn(LONG_IDS, text) ? (LONG_IDS[text] as string) : `langgenius/${text}/${text}`;
}
