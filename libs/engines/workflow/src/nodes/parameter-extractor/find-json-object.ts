import { isJsonObject, parsePythonJson, PyFloat } from '#common';

/** Beginnings that are tried; a text with more is no answer. */
const MOST_TRIES = 50;

/** The first whole JSON object in a text, that is not empty; null when there is none. Floats stay floats. */
export function findJsonObject(text: string): Record<string, unknown> | null {
  let start = text.indexOf('{');
  for (let tries = 0; start !== -1 && tries < MOST_TRIES; tries += 1) {
    const end = endOf(text, start);
    if (end === -1) return null;
    const found = parsed(text.slice(start, end));
    if (found !== null) return found;
    start = text.indexOf('{', start + 1);
  }
  return null;
}

/** Behind the bracket that closes the one at `start`; -1 when it is not closed. */
function endOf(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value = parsePythonJson(text);
    return isJsonObject(value) && !(value instanceof PyFloat) && Object.keys(value).length > 0 ? value : null;
  } catch {
    return null;
  }
}
