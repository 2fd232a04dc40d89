import type { ProviderManifest } from '#engines/model-runtime';

const COLOUR = /^#[0-9a-f]{6}$/i;
const SIZE = 40;

/** A picture for a provider: its initial on its colour. Vendors' logos are theirs, so none is shipped. */
export function providerIcon(manifest: Pick<ProviderManifest, 'provider' | 'label' | 'background'>): string {
  const initial = Array.from(manifest.label.en_US.trim())[0] ?? '?';
  const fill =
    manifest.background !== null && COLOUR.test(manifest.background)
      ? manifest.background
      : `hsl(${String(hueOf(manifest.provider))} 60% 88%)`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(SIZE)}" height="${String(SIZE)}" viewBox="0 0 ${String(SIZE)} ${String(SIZE)}">`,
    `<rect width="${String(SIZE)}" height="${String(SIZE)}" rx="8" fill="${fill}"/>`,
    `<text x="50%" y="50%" dy="0.36em" text-anchor="middle" font-family="system-ui, sans-serif" font-size="22" font-weight="600" fill="#1f2937">${escapeXml(initial.toUpperCase())}</text>`,
    '</svg>',
  ].join('');
}

/** The same hue for the same provider, whatever it is called. */
function hueOf(provider: string): number {
  let hash = 0;
  for (const char of provider) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 360;
  return hash;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
