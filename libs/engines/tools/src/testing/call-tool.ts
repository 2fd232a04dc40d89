import type { BuiltinProvider } from '../runtime/builtin-tool.js';
import { BuiltinTools } from '../runtime/builtin-tools.js';
import type { ToolPorts } from '../runtime/tool-ports.js';
import type { ToolMessage } from '../types/tool-message.js';

export interface TestCall {
  readonly given?: Record<string, unknown>;
  readonly settings?: Record<string, unknown>;
  readonly ports?: Partial<ToolPorts>;
  readonly signal?: AbortSignal;
}

/** 2026-11-23 08:03:46 UTC. */
export const TEST_MOMENT = 1_795_421_026_000;

/** Calls a tool with parameters as they come from outside, and hears it out. */
export async function callTool(provider: BuiltinProvider, name: string, call: TestCall = {}): Promise<ToolMessage[]> {
  const { given = {}, settings = {}, ports = {}, signal = new AbortController().signal } = call;
  const clock = { now: () => TEST_MOMENT };
  const ready = await new BuiltinTools([provider]).ready(provider.declaration.name, name, { clock, ...ports });
  const messages: ToolMessage[] = [];
  for await (const message of ready.invoke({ given, settings, user: 'test_user', signal })) messages.push(message);
  return messages;
}

/** What a tool says, as one text. */
export async function toolSays(provider: BuiltinProvider, name: string, call: TestCall = {}): Promise<string> {
  const messages = await callTool(provider, name, call);
  return messages.map((message) => (message.type === 'text' ? message.text : '')).join('');
}
