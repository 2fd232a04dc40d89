import type { ToolCallDelta } from '../types/llm.js';
import type { ToolCall } from '../types/prompt-message.js';

/** Puts the pieces of streamed tool calls together, in the order in which the calls began. */
export class ToolCallCollector {
  private readonly byId = new Map<string, ToolCall>();

  add(deltas: readonly ToolCallDelta[]): void {
    for (const delta of deltas) {
      let call = this.byId.get(delta.id);
      if (!call) this.byId.set(delta.id, (call = { id: delta.id, type: 'function', function: { name: '', arguments: '' } }));
      if (delta.name !== undefined) call.function.name = delta.name;
      call.function.arguments += delta.arguments;
    }
  }

  /** The calls as they are by now. */
  get calls(): ToolCall[] {
    return [...this.byId.values()];
  }
}
