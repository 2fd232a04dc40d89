import type { ToolDeclaration, ToolProviderDeclaration } from '../types/tool-declaration.js';
import type { ToolMessage } from '../types/tool-message.js';
import type { ToolParameter } from '../types/tool-parameter.js';
import type { ToolPorts } from './tool-ports.js';

/** One call of a tool. */
export interface ToolCall {
  /** By name, of their types. What was not given and has no default is absent. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The user who asks; an opaque id. */
  readonly user: string;
  readonly ports: ToolPorts;
  readonly signal: AbortSignal;
}

/** A tool of ours. */
export interface BuiltinTool {
  readonly declaration: ToolDeclaration;
  /** Parameters that depend on the workspace; one with the name of a declared one takes its place. */
  runtimeParameters?(ports: ToolPorts): Promise<readonly ToolParameter[]>;
  /** Does the work. Throws the `ToolError` family, or the signal's reason. */
  invoke(call: ToolCall): AsyncIterable<ToolMessage>;
}

/** Tools that belong together. */
export interface BuiltinProvider {
  readonly declaration: ToolProviderDeclaration;
  readonly tools: readonly BuiltinTool[];
}
