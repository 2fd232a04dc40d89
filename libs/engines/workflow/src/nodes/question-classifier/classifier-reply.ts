import { isJsonObject } from '#common';
import { takeThoughts } from '../../models/thoughts.js';
import { WorkflowError } from '../../workflow.errors.js';

const FENCE = '```';

/** The id of a class in a model's reply, which is JSON, in a fence or plain; null when it names none. Throws for a reply that is no JSON. */
export function chosenClass(reply: string): string | null {
  const parsed = parse(jsonIn(takeThoughts(reply).text.trim()));
  if (!isJsonObject(parsed)) throw unreadable('the reply is no JSON object.');
  const { category_id: id, category_name: name } = parsed;
  if (name === undefined) return null;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

function jsonIn(text: string): string {
  const fence = text.indexOf(FENCE);
  if (fence !== -1) {
    const end = text.lastIndexOf(FENCE);
    if (end > fence)
      return text
        .slice(fence + FENCE.length, end)
        .replace(/^json/i, '')
        .trim();
  }
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (start === -1 || end < start) throw unreadable('the reply holds none.');
  return text.slice(start, end + 1);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw unreadable((error as SyntaxError).message);
  }
}

function unreadable(reason: string): WorkflowError {
  return new WorkflowError(`got invalid json object. error: ${reason}`, { errorType: 'OutputParserError' });
}
