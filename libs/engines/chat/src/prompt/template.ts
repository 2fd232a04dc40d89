/** A variable's placeholder, or one of the three that are filled by the run itself. */
const PLACEHOLDER = /\{\{([a-zA-Z_][a-zA-Z0-9_]{0,29}|#histories#|#query#|#context#)\}\}/g;

/** Values by placeholder name; the special ones are named with their marks, such as `#context#`. */
export type TemplateValues = ReadonlyMap<string, string>;

/** Takes one pair of braces from every placeholder, so that text from outside can't name a variable. */
export function neutralisePlaceholders(text: string): string {
  return text.includes('{{') ? text.replace(PLACEHOLDER, '{$1}') : text;
}

/**
 * Fills a template in one pass: what a value contains is never filled again. Placeholders without a value stay as they are.
 * Model control tokens (`<|...|>`) are removed from the result (contract models-agents-tools 6.1).
 */
export function fillTemplate(template: string, values: TemplateValues): string {
  if (!template.includes('{{')) return removeControlTokens(template);
  const filled = template.replace(PLACEHOLDER, (placeholder, name: string) => {
    const value = values.get(name);
    return value === undefined ? placeholder : neutralisePlaceholders(value);
  });
  return removeControlTokens(filled);
}

/** Names of the variables a template uses, special ones left out. */
export function variablesOf(template: string): string[] {
  if (!template.includes('{{')) return [];
  return [...new Set([...template.matchAll(PLACEHOLDER)].map((match) => match[1] as string))].filter((name) => !name.startsWith('#'));
}

/**
 * Removes every `<|...|>` that begins and ends on one line. A scan rather than an expression: on hostile text (`<|<|<|...`) it
 * stays linear.
 */
export function removeControlTokens(text: string): string {
  let open = text.indexOf('<|');
  if (open < 0) return text;
  let close = -1;
  let newline = -1;
  let kept = '';
  let from = 0;
  while (open >= 0) {
    if (close < open + 2) close = text.indexOf('|>', open + 2);
    if (close < 0) break;
    if (newline < open) newline = indexOrEnd(text, '\n', open);
    if (newline < close) {
      open = text.indexOf('<|', newline);
      continue;
    }
    kept += text.slice(from, open);
    from = close + 2;
    open = text.indexOf('<|', from);
  }
  return kept + text.slice(from);
}

function indexOrEnd(text: string, part: string, from: number): number {
  const index = text.indexOf(part, from);
  return index < 0 ? text.length : index;
}
