const OUTSIDE_ALPHABET = /[^A-Za-z0-9+/=]/g;
const GROUP = 4;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of a field that the console sends as base64 (contract console-accounts 2.4); characters outside the alphabet are skipped. Null when it is none. */
export function decodeBase64Text(encoded: string): string | null {
  const [, body = '', padding = ''] = /^([^=]*)(=*)/.exec(encoded.replace(OUTSIDE_ALPHABET, '')) ?? [];
  const rest = body.length % GROUP;
  if (rest === 1 || (rest > 0 && padding.length < GROUP - rest)) return null;
  try {
    return utf8.decode(Buffer.from(body, 'base64'));
  } catch {
    return null;
  }
}
