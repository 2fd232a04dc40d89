import type { Budget } from '../budget.js';
import { valueError } from '../py-error.js';
import { characterCount } from '../values.js';

const BLANK = '\\s\\x1c-\\x1f\\x85';
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

/** Pays for looking for a part in a text: JavaScript may compare each of its characters at each place. */
export function paySearch(text: string, part: string, budget: Budget): void {
  budget.step(1 + text.length / 256 + (text.length * part.length) / 4096);
}

/** Tabs filled up to the next of the columns that are `size` apart. */
export function expandTabs(text: string, size: number): string {
  let column = 0;
  const pieces = text.split(/([\t\n\r])/).map((piece) => {
    if (piece === '\n' || piece === '\r') column = 0;
    else if (piece !== '\t') column += characterCount(piece);
    if (piece !== '\t') return piece;
    const room = size <= 0 ? 0 : size - (column % size);
    column += room;
    return ' '.repeat(room);
  });
  return pieces.join('');
}

/** First letter of each run of letters in title case, the others small. */
export function titleCase(text: string): string {
  return text.replace(/\p{L}[\p{L}\p{M}]*/gu, (word) => capitalize(word));
}

/** First character in upper case, the others small. */
export function capitalize(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length).toLowerCase();
}

/** Upper and lower case changed for each other. */
export function swapCase(text: string): string {
  return Array.from(text, (character) => (character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase())).join(
    '',
  );
}

/** A text without blanks, or without certain characters, at its ends. Goes by characters: a pattern could take quadratic time. */
export function stripText(text: string, characters: string | null, side: 'both' | 'left' | 'right'): string {
  const units = Array.from(text);
  const blank = new RegExp(`[${BLANK}]`);
  const drops = characters === null ? (unit: string): boolean => blank.test(unit) : Set.prototype.has.bind(new Set(characters));
  let [start, end] = [0, units.length];
  if (side !== 'right') while (start < end && drops(units[start] as string)) start += 1;
  if (side !== 'left') while (end > start && drops(units[end - 1] as string)) end -= 1;
  return units.slice(start, end).join('');
}

/** Words between runs of blanks; at most `limit` cuts where that is not negative. */
export function splitWords(text: string, limit: number, isFromRight: boolean): string[] {
  const words = [...text.matchAll(new RegExp(`[^${BLANK}]+`, 'g'))];
  if (limit < 0 || words.length <= limit + 1) return words.map(([word]) => word);
  if (!isFromRight) {
    const rest = words[limit]?.index ?? 0;
    return [...words.slice(0, limit).map(([word]) => word), stripText(text.slice(rest), null, 'right')];
  }
  const last = words.length - limit - 1;
  const end = (words[last]?.index ?? 0) + (words[last]?.[0].length ?? 0);
  return [stripText(text.slice(0, end), null, 'left'), ...words.slice(last + 1).map(([word]) => word)];
}

/** Pieces between separators; at most `limit` cuts where that is not negative. */
export function splitText(text: string, separator: string, limit: number, isFromRight: boolean): string[] {
  if (separator === '') throw valueError('empty separator');
  const parts = text.split(separator);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  if (isFromRight) return [parts.slice(0, parts.length - limit).join(separator), ...parts.slice(parts.length - limit)];
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)];
}

/** Lines without, or with, their ends. */
export function splitLines(text: string, keepsEnds: boolean): string[] {
  const lines: string[] = [];
  let start = 0;
  for (const match of text.matchAll(LINE_END)) {
    const end = match.index + match[0].length;
    lines.push(text.slice(start, keepsEnds ? end : match.index));
    start = end;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

/** A text with up to `count` occurrences replaced; all where that is negative. */
export function replaceText(text: string, old: string, replacement: string, count: number, budget: Budget): string {
  paySearch(text, old, budget);
  if (old === '') {
    const units = Array.from(text);
    const times = count < 0 ? units.length + 1 : Math.min(count, units.length + 1);
    budget.allocate(text.length + times * replacement.length);
    return units.map((unit, i) => (i < times ? replacement : '') + unit).join('') + (units.length < times ? replacement : '');
  }
  const parts = splitText(text, old, count, false);
  budget.allocate(text.length + (parts.length - 1) * replacement.length);
  return parts.join(replacement);
}

/** Texts with a separator between. */
export function joinTexts(separator: string, texts: readonly string[], budget: Budget): string {
  budget.allocate(texts.reduce((sum, text) => sum + text.length, 0) + Math.max(0, texts.length - 1) * separator.length);
  return texts.join(separator);
}
