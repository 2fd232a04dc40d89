import { readFileSync } from 'node:fs';
import type { Environment } from './load-config.js';

/** What the environment says of a provider of models. */
export interface ModelEnvironment {
  /** `<PROVIDER>_API_KEY`, or the content of the file that `<PROVIDER>_API_KEY_FILE` names; undefined for none. */
  readonly apiKey: string | undefined;
  /** `<PROVIDER>_BASE_URL`; undefined for none. */
  readonly baseUrl: string | undefined;
}

/**
 * The key of a provider of models for the command line, by the short name of the provider: `openai` has `OPENAI_API_KEY`. The server does not read these: its workspaces keep
 * credentials of their own. Throws when the file of a key can't be read.
 */
export function modelEnvironment(provider: string, env: Environment = process.env): ModelEnvironment {
  const name = provider.toUpperCase().replaceAll('-', '_');
  const file = env[`${name}_API_KEY_FILE`];
  const apiKey = env[`${name}_API_KEY`] ?? (file === undefined || file === '' ? undefined : readFileSync(file, 'utf8').trim());
  return { apiKey: apiKey === '' ? undefined : apiKey, baseUrl: env[`${name}_BASE_URL`] };
}
