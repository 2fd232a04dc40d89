/** A piece of a text with references (contract workflow-engine 3.4). */
export type TemplatePart =
  | { kind: 'text'; text: string }
  /** `{{#node.name.key#}}`; `source` is the piece as it stood. */
  | { kind: 'selector'; selector: string[]; source: string }
  /** A token of its own: `context`, `histories`, `url`, `$output.name`; `name` is without the marks. */
  | { kind: 'special'; name: string; source: string };

const OPEN = '{{#';
const SELECTOR = /\{\{#([a-zA-Z0-9_]{1,50}(?:\.[a-zA-Z_][a-zA-Z0-9_]{0,29}){1,10})#\}\}/y;
const SPECIAL = /\{\{#(context|histories|url|\$output\.[a-zA-Z_][a-zA-Z0-9_]{0,29})#\}\}/y;

/**
 * Splits a text at its references. What only looks like one (a hyphen in an id, a part of more than 30 characters) stays text. Neighbouring
 * text is one part; an empty text has none. Time grows with the length alone.
 */
export function parseSelectorTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let textStart = 0;
  let from = 0;
  for (let open = text.indexOf(OPEN); open !== -1; open = text.indexOf(OPEN, from)) {
    const reference = referenceAt(text, open);
    if (!reference) {
      from = open + 1;
      continue;
    }
    if (open > textStart) parts.push({ kind: 'text', text: text.slice(textStart, open) });
    parts.push(reference);
    textStart = from = open + reference.source.length;
  }
  if (textStart < text.length) parts.push({ kind: 'text', text: text.slice(textStart) });
  return parts;
}

function referenceAt(text: string, open: number): Exclude<TemplatePart, { kind: 'text' }> | null {
  const selector = matchAt(SELECTOR, text, open);
  if (selector) return { kind: 'selector', selector: (selector[1] as string).split('.'), source: selector[0] };
  const special = matchAt(SPECIAL, text, open);
  return special && { kind: 'special', name: special[1] as string, source: special[0] };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
