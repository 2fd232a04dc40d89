import { BUILTIN_PROVIDER, longProviderId, ProviderNotFoundError } from '#engines/model-runtime';

/** Built-in tools of the core: no plugin is behind them, and their ids are short. */
const CORE_TOOLS = new Set(['time', 'code', 'webscraper', 'audio']);
/** Short names whose plugin is called otherwise (contract models-agents-tools 3). */
const TOOL_PLUGINS = new Set(['jina', 'siliconflow', 'stepfun', 'gitee_ai']);
const SHORT = /^[a-z0-9_-]+$/;
const LONG = /^[a-z0-9_-]+\/[a-z0-9_-]+\/[a-z0-9_-]+$/;

/** The long id of a provider of models, `<organization>/<plugin>/<provider>`; null for a text that is no id, and for the built-in provider, which is no plugin's. */
export function modelProviderId(id: string): string | null {
  if (id === 'builtin' || id === BUILTIN_PROVIDER) return null;
  try {
    return longProviderId(id);
  } catch (error) {
    if (error instanceof ProviderNotFoundError) return null;
    throw error;
  }
}

/** The long id of a provider of tools; null for a text that is no id, and for tools of the core. */
export function toolProviderId(id: string): string | null {
  if (LONG.test(id)) return id;
  if (!SHORT.test(id) || CORE_TOOLS.has(id)) return null;
  return `langgenius/${TOOL_PLUGINS.has(id) ? `${id}_tool` : id}/${id}`;
}

/** The id of the plugin that a provider belongs to, `<organization>/<plugin>`. */
export function pluginOf(longId: string): string {
  return longId.slice(0, longId.lastIndexOf('/'));
}
