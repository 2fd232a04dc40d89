import { InvalidParamError } from '#common';

const PART = /^[a-z0-9_-]+$/;
/** A plugin that is named otherwise than its provider. */
const RENAMED_PLUGINS: Readonly<Record<string, string>> = { google: 'gemini' };

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
  const plugin = Object.hasOwn(RENAMED_PLUGINS, text) ? (RENAMED_PLUGINS[text] as string) : text;
  return `langgenius/${plugin}/${text}`;
}
