import { TextDecoder } from 'node:util';
import chardet from 'chardet';

/** How much is looked at where the encoding has to be guessed. */
const SAMPLE_BYTES = 64 * 1024;
/** UTF-16 text in any script of few letters has about a zero in every second byte; no other text has. */
const ZEROS_OF_UTF16 = 0.3;

/**
 * The text that bytes are. Its encoding is that of its byte order mark, else the one named, else UTF-8 where it is that, else a guess; bytes that are no character
 * of a guessed encoding are left out.
 */
export function decodeText(bytes: Uint8Array, charset: string | null = null): string {
  const marked = markOf(bytes);
  if (marked !== null) return new TextDecoder(marked).decode(bytes);
  const named = charset === null ? null : decoderOf(charset, false);
  if (named !== null) return wholeText(named, bytes);
  if (!hasZeros(bytes)) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      // Not UTF-8; guessed below.
    }
  }
  return wholeText(guessedDecoder(bytes), bytes).replaceAll('\uFFFD', '');
}

/** Node 20 takes Windows-1252 for Latin-1 unless it decodes a stream: quotation marks would be lost. */
function wholeText(decoder: TextDecoder, bytes: Uint8Array): string {
  return decoder.decode(bytes, { stream: true }) + decoder.decode();
}

/** The encoding that a byte order mark tells of. */
function markOf(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return null;
}

function hasZeros(bytes: Uint8Array): boolean {
  return bytes.subarray(0, SAMPLE_BYTES).includes(0);
}

/** The likeliest encoding in which every byte is part of a character; a few bytes alone tell too little, so Western European is the last resort. */
function guessedDecoder(bytes: Uint8Array): TextDecoder {
  const wide = guessUtf16(bytes.subarray(0, SAMPLE_BYTES));
  if (wide !== null) return new TextDecoder(wide);
  const sample = tellingPart(bytes);
  for (const { name } of chardet.analyse(sample)) {
    const decoder = name.startsWith('UTF-8') || name === 'ASCII' ? null : decoderOf(name, true);
    if (decoder !== null && decodesAll(decoder, sample)) return new TextDecoder(name);
  }
  return new TextDecoder(sample.includes(0) ? 'utf-8' : 'windows-1252');
}

/** The first bytes that are not ASCII, with what is around them: ASCII is the same in all encodings. */
function tellingPart(bytes: Uint8Array): Uint8Array {
  const start = Math.max(
    0,
    bytes.findIndex((byte) => byte > 0x7f),
  );
  return bytes.subarray(start, start + SAMPLE_BYTES);
}

function decodesAll(decoder: TextDecoder, sample: Uint8Array): boolean {
  try {
    // With `stream` a character that the sample cuts in two is no error.
    decoder.decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** By which of two bytes is zero more often; null where too few are. */
function guessUtf16(sample: Uint8Array): string | null {
  const zeros = [0, 0];
  for (let at = 0; at < sample.length; at += 1) if (sample[at] === 0) zeros[at % 2] = (zeros[at % 2] as number) + 1;
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) < (sample.length / 2) * ZEROS_OF_UTF16) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

function decoderOf(charset: string, fatal: boolean): TextDecoder | null {
  try {
    return new TextDecoder(charset, { fatal });
  } catch {
    return null;
  }
}
