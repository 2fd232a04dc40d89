import { parse } from 'node:querystring';
import { storableText } from '#common';

const MAX_KEYS = 1000;

/** Query parameters of a URL; texts are such that a database can store them. A name that came twice has a list. */
export function parseQuery(text: string): Record<string, string | string[]> {
  const values = parse(text, '&', '=', { maxKeys: MAX_KEYS });
  if (!text.includes('%')) return values as Record<string, string | string[]>;
  for (const key of Object.keys(values)) {
    const value = values[key];
    values[key] = Array.isArray(value) ? value.map(storableText) : storableText(value ?? '');
  }
  return values as Record<string, string | string[]>;
}
