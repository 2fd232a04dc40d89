import { BuiltinTools, ToolProviderNotFoundError, type ReadyTool, type ToolPorts } from '#engines/tools';
import type { InvokeMessage } from '../ports/invoke-message.js';
import type { WorkflowFiles } from '../ports/files.port.js';
import { WorkflowTools, type ToolChoice, type WorkflowTool, type WorkflowToolCall } from '../ports/tools.port.js';
import { toolArguments } from './tool-arguments.js';
import { ToolMessages } from './tool-messages.js';

/** What built-in tools need in a run. */
export interface BuiltinToolsPortOptions {
  readonly tools: BuiltinTools;
  readonly ports: ToolPorts;
  /** Where tools' files are read and kept; absent: a tool that makes or reads one fails. */
  readonly files?: WorkflowFiles;
  readonly tenantId: string;
  /** Asked for every other tool: `api`, `workflow`, `mcp`, plugins. Absent: there are none. */
  readonly others?: WorkflowTools;
}

/** The built-in tools as a run's `tools` port. */
export function builtinToolsPort(options: BuiltinToolsPortOptions): WorkflowTools {
  return new BuiltinToolsPort(options);
}

class BuiltinToolsPort extends WorkflowTools {
  constructor(private readonly options: BuiltinToolsPortOptions) {
    super();
  }

  override async find(choice: ToolChoice): Promise<WorkflowTool> {
    const { tools, ports, others } = this.options;
    let ready: ReadyTool;
    try {
      if (choice.providerType !== 'builtin') throw new ToolProviderNotFoundError(choice.providerId);
      ready = await tools.ready(choice.providerId, choice.toolName, ports);
    } catch (error) {
      // Plugins' tools call themselves built in as well.
      if (error instanceof ToolProviderNotFoundError && others !== undefined) return others.find(choice);
      throw error;
    }
    return { parameters: ready.parameters, invoke: (call) => this.invoke(ready, call) };
  }

  private async *invoke(ready: ReadyTool, { given, settings, user, signal }: WorkflowToolCall): AsyncGenerator<InvokeMessage> {
    const { files, tenantId } = this.options;
    const messages = new ToolMessages(files, tenantId, signal);
    const call = { given: toolArguments(given, files), settings, user, signal };
    for await (const message of ready.invoke(call)) yield await messages.convert(message);
  }
}
