const BINARY = 'application/octet-stream';
const HEAD_TEXT_BYTES = 1024;

/** Bytes of a file's beginning that {@link contentTypeOf} wants to see. */
export const SNIFF_BYTES = 4096;

interface Signature {
  mime: string;
  offset?: number;
  bytes: string;
}

/** Beginnings of files, as latin-1 text. */
const SIGNATURES: readonly Signature[] = [
  { mime: 'image/png', bytes: '\x89PNG\r\n\x1a\n' },
  { mime: 'image/jpeg', bytes: '\xff\xd8\xff' },
  { mime: 'image/gif', bytes: 'GIF87a' },
  { mime: 'image/gif', bytes: 'GIF89a' },
  { mime: 'image/webp', bytes: 'WEBP', offset: 8 },
  { mime: 'audio/wav', bytes: 'WAVE', offset: 8 },
  { mime: 'application/pdf', bytes: '%PDF-' },
  { mime: 'audio/mpeg', bytes: 'ID3' },
  { mime: 'audio/amr', bytes: '#!AMR' },
  { mime: 'video/webm', bytes: '\x1a\x45\xdf\xa3' },
];

const MARKUP: readonly [RegExp, string][] = [
  [/^(?:<!--[\s\S]*?-->|<\?xml[^>]*>|<!doctype svg[^>]*>|\s)*<svg[\s>]/i, 'image/svg+xml'],
  [
    /^(?:<!--[\s\S]*?-->|\s)*<(?:!doctype html|html|head|body|script|iframe|style|title|meta|link|base|object|embed|form|img)[\s>/]/i,
    'text/html',
  ],
  [/^\s*<\?xml[\s>]/i, 'text/xml'],
];

/** Types whose first bytes are known: content that does not begin so is something else. */
const RECOGNISABLE = /^(?:image\/(?:png|jpe?g|pjpeg|gif|webp)|application\/pdf)$/;

/**
 * The media type of a file: by its first bytes where they tell, else what the uploader said, else unknown. A type that the bytes
 * contradict is not believed.
 */
export function contentTypeOf(head: Uint8Array, declared: string): string {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  const signature = SIGNATURES.find(({ bytes, offset = 0 }) => text.startsWith(bytes, offset));
  if (signature !== undefined) return signature.mime;
  if (text.startsWith('ftyp', 4)) return declared.startsWith('audio/') ? 'audio/mp4' : 'video/mp4';
  const opening = text.slice(0, HEAD_TEXT_BYTES).replace(/^\xef\xbb\xbf/, '');
  const markup = MARKUP.find(([pattern]) => pattern.test(opening));
  if (markup !== undefined) return markup[1];
  const media = declared.split(';')[0]?.trim().toLowerCase() ?? '';
  if (head.length > 0 && RECOGNISABLE.test(media)) return BINARY;
  return /^[a-z0-9!#$&^_.+-]{1,100}\/[a-z0-9!#$&^_.+-]{1,100}$/.test(media) ? media : BINARY;
}

/** Types that a browser shows without running anything of theirs. */
const SAFE_INLINE = /^(?:image\/(?:png|jpeg|gif|webp)|audio\/[a-z0-9.+-]+|video\/[a-z0-9.+-]+|application\/pdf|text\/plain)$/;

/** Whether a file of this type may be shown inside a browser; all others are downloads. HTML, SVG and XML never are. */
export function isSafeInline(mimeType: string): boolean {
  return SAFE_INLINE.test(mimeType);
}
