/** Length of a vector. */
export const HASH_DIMENSIONS = 384;

const WORD = /[\p{L}\p{N}]+/gu;
/** Scripts written without blanks: there a character is what a word is elsewhere. */
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * Embeds a text by hashing its features (words, and pieces of three and four characters, which bring forms of one word near to each other) with signs into
 * 384 dimensions: term frequencies damped by a logarithm, length one. Texts that share words are near; meaning is not understood. Same vector everywhere, forever.
 */
export function hashEmbedding(text: string): number[] {
  const counts = new Map<string, number>();
  for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(WORD)) {
    for (const feature of featuresOf(word)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  const vector = new Array<number>(HASH_DIMENSIONS).fill(0);
  for (const [feature, count] of counts) {
    const hash = fnv1a(feature);
    const weight = (feature.startsWith('w') ? 2 : 1) * (1 + Math.log(count));
    const index = hash % HASH_DIMENSIONS;
    vector[index] = (vector[index] ?? 0) + (hash >>> 31 === 1 ? weight : -weight);
  }
  const length = Math.hypot(...vector);
  if (length === 0) vector[0] = 1;
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** The features of one word; those of the word itself begin with `w`. */
function* featuresOf(word: string): Iterable<string> {
  const characters = Array.from(word);
  if (IDEOGRAPHS.test(word)) {
    for (const [index, character] of characters.entries()) {
      yield `c${character}`;
      if (index > 0) yield `w${String(characters[index - 1])}${character}`;
    }
    return;
  }
  yield `w${word}`;
  const framed = ['^', ...characters.slice(0, 64), '$'];
  for (const size of [3, 4]) {
    for (let start = 0; start + size <= framed.length; start += 1) yield `g${framed.slice(start, start + size).join('')}`;
  }
}

/** FNV-1a, 32 bits, over UTF-16 code units, with a final mix so that the sign bit and the index do not depend on each other. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
