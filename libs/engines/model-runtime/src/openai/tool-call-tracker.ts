import { InvokeError } from '../model-runtime.errors.js';
import type { ToolCallDelta } from '../types/llm.js';
import { asIdText, asRecord, asText } from '../wire/json-access.js';

/**
 * Finds out which call a piece of a streamed tool call belongs to, and gives every piece that call's id (contract models-agents-tools 1.5): a new id
 * opens a call, a name without an id opens one with an id of ours, a piece without both goes to the call of its index, else to the last one.
 */
export class ToolCallTracker {
  private readonly byIndex = new Map<unknown, string>();
  private last?: string;

  /** @param newId Makes an id for a call whose vendor gave none. */
  constructor(private readonly newId: () => string) {}

  /** Reads one entry of `delta.tool_calls`, or `{function: delta.function_call}` of the older form. */
  read(entry: unknown): ToolCallDelta {
    const piece = asRecord(entry) ?? {};
    const called = asRecord(piece.function) ?? {};
    const name = asText(called.name);
    const id = this.idOf(piece, name);
    this.last = id;
    if (piece.index !== undefined) this.byIndex.set(piece.index, id);
    return name === undefined
      ? { id, arguments: argumentsText(called.arguments) }
      : { id, name, arguments: argumentsText(called.arguments) };
  }

  private idOf(piece: Record<string, unknown>, name: string | undefined): string {
    const id = asIdText(piece.id);
    if (id !== undefined) return id;
    const known = piece.index === undefined ? undefined : this.byIndex.get(piece.index);
    if (known !== undefined) return known;
    if (name !== undefined) return this.newId();
    if (this.last !== undefined) return this.last;
    throw new InvokeError({ message: 'The model sent a piece of a tool call before the call itself.' });
  }
}

/** Most vendors send text, some the object itself. */
export function argumentsText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
