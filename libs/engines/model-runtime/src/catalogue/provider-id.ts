import { ProviderNotFoundError } from '../model-runtime.errors.js';

const LONG_ID = /^[a-z0-9_-]+\/[a-z0-9_-]+\/[a-z0-9_-]+$/;
const SHORT_ID = /^[a-z0-9_-]+$/;

/** Short names whose plugin is called otherwise. */
const PLUGIN_OF: ReadonlyMap<string, string> = new Map([['google', 'gemini']]);

/**
 * The long id, `<organization>/<plugin>/<provider>`, of a long or short one (contract console-accounts 11.1). Throws ProviderNotFoundError when
 * the text is neither.
 */
export function longProviderId(id: string): string {
  if (LONG_ID.test(id)) return id;
  if (SHORT_ID.test(id)) return `langgenius/${PLUGIN_OF.get(id) ?? id}/${id}`;
  throw new ProviderNotFoundError(id);
}

/** The last part of a provider's id. */
export function shortProviderId(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
