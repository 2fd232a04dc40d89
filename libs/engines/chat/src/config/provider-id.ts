/** Names that do not repeat themselves under `langgenius`. */
const RENAMED: Readonly<Record<string, string>> = { google: 'langgenius/gemini/google', builtin: 'baya/builtin/builtin' };

/** The long id of a provider: a name without a slash belongs to the plugin of the same name (contract console-apps-workflows 5.2). */
export function longProviderId(provider: string): string {
  if (provider.includes('/')) return provider;
  return Object.hasOwn(RENAMED, provider) ? (RENAMED[provider] as string) : `langgenius/${provider}/${provider}`;
}
