import type { Json } from '#common';

/**
 * How an input reads inside a simple prompt. Null and booleans read as the recorded apps write them (`None`, `True`: traces
 * console/chat-logs), so that a prompt reaches the model unchanged when an app moves here.
 */
export function inputText(value: Json): string {
  if (typeof value === 'string') return value;
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return JSON.stringify(value);
}

/** How an input reads where it is shown to people or put into an expert prompt: null is nothing. */
export function displayText(value: Json): string {
  return value === null ? '' : inputText(value);
}
