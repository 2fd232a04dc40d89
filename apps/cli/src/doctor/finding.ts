/** What a look at one thing found. */
export interface Finding {
  /** `bad` keeps Baya from working; `warning` does not. */
  state: 'good' | 'warning' | 'bad';
  /** What was looked at. */
  what: string;
  /** What was found, in words for an operator. */
  found: string;
  /** What to do about it; absent when nothing is to be done. */
  advice?: string;
}

export const good = (what: string, found: string): Finding => ({ state: 'good', what, found });
export const warning = (what: string, found: string, advice: string): Finding => ({ state: 'warning', what, found, advice });
export const bad = (what: string, found: string, advice: string): Finding => ({ state: 'bad', what, found, advice });

/** The words of an error, whatever it is. Connection errors of Node may hide theirs one level down. */
export function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return wordsOf(error.errors[0]);
  return error instanceof Error ? error.message || error.name : String(error);
}
