import type { IncomingMessage } from 'node:http';

/** Paths whose next part is the id of a provider: one word (`builtin`) or three (`langgenius/openai/openai`). */
const PROVIDER_PATH =
  /^(\/console\/api\/(?:workspaces\/[^/?]+\/(?:model-providers|tool-provider\/builtin|trigger-provider)|auth\/plugin\/datasource|oauth\/plugin))\/([^/?]+\/([^/?]+)\/[^/?]+)(?=[/?]|$)/;

/** What follows an id of one word; so nothing of these is the middle of an id of three. */
const ROUTE_WORDS = new Set([
  ...['models', 'credentials', 'preferred-provider-type', 'checkout-url', 'icon_small', 'icon_large', 'icon_small_dark'],
  ...['add', 'credential', 'default-credential', 'delete', 'icon', 'info', 'oauth', 'tools', 'update'],
  ...['subscriptions', 'custom-client', 'default', 'update-name', 'datasource', 'trigger', 'tool'],
]);

/** Makes raw and percent-encoded provider ids meet one route (recipes 8): an id of three words becomes one part of the path. */
export function rewriteProviderIds(request: Pick<IncomingMessage, 'url'>): string {
  const url = request.url ?? '/';
  // Nearly every request ends here.
  if (!url.startsWith('/console/api/')) return url;
  const match = PROVIDER_PATH.exec(url);
  if (!match) return url;
  const [whole, head, id, second] = match as unknown as [string, string, string, string];
  return ROUTE_WORDS.has(second) ? url : `${head}/${id.replaceAll('/', '%2F')}${url.slice(whole.length)}`;
}
