import { isJsonObject } from '#common';

const MAX_TRIES = 32;

/** The first text field of one of these names in a JSON object somewhere in a reply, also when that object is cut off or malformed. */
export function textFieldOf(reply: string, names: readonly string[]): string | null {
  for (const value of jsonValuesIn(reply, '{', '}')) {
    if (!isJsonObject(value)) continue;
    for (const name of names) {
      const field = Object.hasOwn(value, name) ? value[name] : undefined;
      if (typeof field === 'string') return field;
    }
  }
  return names.map((name) => brokenField(reply, name)).find((field) => field !== null) ?? null;
}

/** The strings of the first JSON list somewhere in a reply that has any; [] when there is none. */
export function textListOf(reply: string): string[] {
  for (const value of jsonValuesIn(reply, '[', ']')) {
    const texts = Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
    if (texts.length > 0) return texts;
  }
  return [];
}

/** Every JSON value between a pair of brackets, in order of where it begins; tries are bounded. */
function* jsonValuesIn(reply: string, open: string, close: string): Generator {
  let start = reply.indexOf(open);
  for (let tries = 0; start >= 0 && tries < MAX_TRIES; tries += 1) {
    const end = closingBracket(reply, start, open, close);
    const value = end < 0 ? undefined : parsed(reply.slice(start, end + 1));
    if (value !== undefined) yield value;
    start = reply.indexOf(open, value === undefined ? start + 1 : end + 1);
  }
}

/** Where the bracket at `start` is closed, brackets inside strings not counted; -1 when it is not. */
function closingBracket(text: string, start: number, open: string, close: string): number {
  let depth = 0;
  let inString = false;
  for (let i = start; i < text.length; i += 1) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === open) depth += 1;
    else if (char === close && --depth === 0) return i;
  }
  return -1;
}

/** Parses JSON, forgiving commas before a closing bracket. */
function parsed(text: string): unknown {
  for (const candidate of [text, text.replace(/,(?=\s{0,20}[}\]])/g, '')]) {
    try {
      return JSON.parse(candidate) as unknown;
    } catch {
      continue;
    }
  }
  return undefined;
}

/** A text field of an object that is no JSON: `"name": "..."` up to the closing quote or the end of the line. */
function brokenField(reply: string, name: string): string | null {
  const key = reply.indexOf(`"${name}"`);
  if (key < 0) return null;
  const match = /^\s{0,20}:\s{0,20}"((?:[^"\\\n]|\\.){1,1000})/.exec(reply.slice(key + name.length + 2));
  return match?.[1] === undefined ? null : match[1].replaceAll('\\"', '"').replaceAll('\\n', ' ');
}
