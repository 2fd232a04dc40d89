import { pythonJson } from '#common';
import { parseSelectorTemplate } from '#engines/templates';

const FIELD = '$output.';

/** The text of a form with what was filled in, in place of its fields. A field nobody filled in is empty. */
export function filledContent(content: string, data: Readonly<Record<string, unknown>>): string {
  return parseSelectorTemplate(content)
    .map((part) => {
      if (part.kind === 'text') return part.text;
      if (part.kind !== 'special' || !part.name.startsWith(FIELD)) return part.source;
      return textOf(data[part.name.slice(FIELD.length)]);
    })
    .join('');
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : pythonJson(value);
}
