import { prepareParameters, type RawParameters } from '../parameters/prepare-parameters.js';
import { ToolNotFoundError, ToolProviderNotFoundError } from '../tools.errors.js';
import type { ToolMessage } from '../types/tool-message.js';
import type { ToolParameter } from '../types/tool-parameter.js';
import type { BuiltinProvider, BuiltinTool } from './builtin-tool.js';
import type { ToolPorts } from './tool-ports.js';

/** A tool of a workspace, ready to be called. */
export interface ReadyTool {
  readonly tool: BuiltinTool;
  /** All parameters, those of the workspace included. */
  readonly parameters: readonly ToolParameter[];
  /** Checks and completes the parameters, then calls. Throws `ToolParameterError` at once. */
  invoke(call: RawParameters & { readonly user: string; readonly signal: AbortSignal }): AsyncIterable<ToolMessage>;
}

/** Knows the built-in tools, by provider and name. */
export class BuiltinTools {
  private readonly byId: ReadonlyMap<string, BuiltinProvider>;

  constructor(readonly providers: readonly BuiltinProvider[]) {
    this.byId = new Map(providers.map((provider) => [provider.declaration.name, provider]));
  }

  /** The provider of an id, short (`time`) or long (`langgenius/time/time`). Throws `ToolProviderNotFoundError`. */
  provider(id: string): BuiltinProvider {
    const short = /^langgenius\/([^/]+)\/\1$/.exec(id)?.[1] ?? id;
    const provider = this.byId.get(short);
    if (provider === undefined) throw new ToolProviderNotFoundError(id);
    return provider;
  }

  /** Throws `ToolProviderNotFoundError` or `ToolNotFoundError`. */
  tool(providerId: string, name: string): BuiltinTool {
    const tool = this.provider(providerId).tools.find(({ declaration }) => declaration.name === name);
    if (tool === undefined) throw new ToolNotFoundError(providerId, name);
    return tool;
  }

  /** A tool with what it needs of its workspace. Rejects likewise. */
  async ready(providerId: string, name: string, ports: ToolPorts): Promise<ReadyTool> {
    const tool = this.tool(providerId, name);
    const parameters = withRuntime(tool.declaration.parameters, (await tool.runtimeParameters?.(ports)) ?? []);
    return {
      tool,
      parameters,
      invoke: ({ given, settings, user, signal }) =>
        tool.invoke({ parameters: prepareParameters(parameters, { given, settings }), user, ports, signal }),
    };
  }
}

function withRuntime(declared: readonly ToolParameter[], runtime: readonly ToolParameter[]): readonly ToolParameter[] {
  if (runtime.length === 0) return declared;
  const replaced = new Map(runtime.map((parameter) => [parameter.name, parameter]));
  const kept = declared.map((parameter) => replaced.get(parameter.name) ?? parameter);
  const names = new Set(declared.map(({ name }) => name));
  return [...kept, ...runtime.filter(({ name }) => !names.has(name))];
}
