import { colourIndex } from '../catalogue/manifest.js';
import { shortProviderId } from '../catalogue/provider-id.js';
import type { ProviderManifest } from '../types/provider-manifest.js';

const COLOURS = ['#0369A1', '#6D28D9', '#15803D', '#B45309', '#BE123C', '#334155', '#0F766E', '#A21CAF'];

/** A small SVG of our own for a provider: the first letter or two of its name on a coloured square. Vendors' logos are theirs. */
export function providerIcon(provider: Pick<ProviderManifest, 'provider' | 'label'>): string {
  const colour = COLOURS[colourIndex(provider.provider, COLOURS.length)] ?? '#334155';
  const size = letters(provider).length > 1 ? 20 : 26;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 48 48">` +
    `<rect width="48" height="48" rx="10" fill="${colour}"/>` +
    `<text x="24" y="24" dy=".36em" text-anchor="middle" font-family="system-ui,sans-serif" font-weight="600" font-size="${String(size)}" fill="#fff">` +
    `${letters(provider)}</text></svg>`
  );
}

/** Letters and digits only: nothing that needs escaping. */
function letters(provider: Pick<ProviderManifest, 'provider' | 'label'>): string {
  const words = provider.label.en_US.match(/[\p{L}\p{N}]+/gu) ?? [shortProviderId(provider.provider)];
  const [first = '?', second = ''] = words;
  return (initial(first) + initial(second)).toUpperCase();
}

function initial(word: string): string {
  return word === '' ? '' : String.fromCodePoint(word.codePointAt(0) ?? 0);
}
