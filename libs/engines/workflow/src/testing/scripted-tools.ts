import type { InvokeMessage } from '../ports/invoke-message.js';
import {
  WorkflowTools,
  type ToolChoice,
  type WorkflowTool,
  type WorkflowToolCall,
  type WorkflowToolParameter,
} from '../ports/tools.port.js';

/** What a tool says, or an error to end with; at any place of its script. */
export type ToolScript = readonly (InvokeMessage | Error)[];

export interface ScriptedToolsOptions {
  readonly parameters?: readonly WorkflowToolParameter[];
  /** Rejects the look-up. */
  readonly missing?: Error;
}

/** One tool that answers from a script, attempt by attempt; remembers how it was called. */
export class ScriptedTools extends WorkflowTools {
  readonly choices: ToolChoice[] = [];
  readonly calls: WorkflowToolCall[] = [];

  constructor(
    private readonly script: ToolScript | ((attempt: number) => ToolScript),
    private readonly options: ScriptedToolsOptions = {},
  ) {
    super();
  }

  override find(choice: ToolChoice): Promise<WorkflowTool> {
    this.choices.push(choice);
    const { missing, parameters = [] } = this.options;
    if (missing !== undefined) return Promise.reject(missing);
    return Promise.resolve({ parameters, invoke: (call) => this.play(call) });
  }

  private async *play(call: WorkflowToolCall): AsyncGenerator<InvokeMessage> {
    const attempt = this.calls.push(call) - 1;
    for (const step of typeof this.script === 'function' ? this.script(attempt) : this.script) {
      await Promise.resolve();
      if (step instanceof Error) throw step;
      yield step;
    }
  }
}
