import { emptyUsage, type LlmUsage } from '#engines/model-runtime';
import { AgentStrategies, type AgentCall, type AgentParameter, type AgentStrategy } from '../ports/agent-strategies.port.js';
import type { InvokeLog, InvokeMessage } from '../ports/invoke-message.js';

/** What a strategy says, or an error to end with; at any place of its script. */
export type AgentScript = readonly (InvokeMessage | Error)[];

/** The parameters of the function-calling strategy (trace agents/providers), as far as they matter. */
export const FUNCTION_CALLING: readonly AgentParameter[] = [
  { name: 'model', type: 'model-selector', required: true, default: null },
  { name: 'tools', type: 'array[tools]', required: true, default: null },
  { name: 'instruction', type: 'string', required: true, default: null },
  { name: 'context', type: 'any', required: false, default: null },
  { name: 'query', type: 'string', required: true, default: null },
  { name: 'maximum_iterations', type: 'number', required: false, default: 5 },
];

export interface ScriptedAgentsOptions extends Partial<Pick<AgentStrategy, 'parameters' | 'features' | 'metaVersion' | 'icon'>> {
  /** Rejects the look-up. */
  readonly missing?: Error;
  /** Rejects the preparation. */
  readonly unprepared?: Error;
}

/** One strategy that answers from a script; remembers how it was called. */
export class ScriptedAgents extends AgentStrategies {
  readonly calls: AgentCall[] = [];
  readonly asked: string[] = [];

  constructor(
    private readonly script: AgentScript | ((call: AgentCall) => AgentScript),
    private readonly options: ScriptedAgentsOptions = {},
  ) {
    super();
  }

  override find(provider: string, name: string): Promise<AgentStrategy> {
    this.asked.push(`${provider} ${name}`);
    const { missing, parameters = FUNCTION_CALLING, features = [], metaVersion = '0.0.2', icon = 'agent.svg' } = this.options;
    if (missing !== undefined) return Promise.reject(missing);
    return Promise.resolve({ icon, parameters, features, metaVersion, prepare: (call) => this.prepare(call) });
  }

  private prepare(call: AgentCall): Promise<AsyncIterable<InvokeMessage>> {
    this.calls.push(call);
    const { unprepared } = this.options;
    return unprepared === undefined ? Promise.resolve(this.play(call)) : Promise.reject(unprepared);
  }

  private async *play(call: AgentCall): AsyncGenerator<InvokeMessage> {
    const script = typeof this.script === 'function' ? this.script(call) : this.script;
    for (const step of script) {
      await Promise.resolve();
      if (step instanceof Error) throw step;
      yield step;
    }
  }
}

/** A step of an agent; state only what matters. */
export function logMessage(log: Partial<InvokeLog> & Pick<InvokeLog, 'id'>): InvokeMessage {
  return { type: 'log', log: { label: log.id, parent_id: null, error: null, status: 'success', data: {}, metadata: {}, ...log } };
}

/** Pieces of text. */
export function textMessages(...texts: string[]): InvokeMessage[] {
  return texts.map((text) => ({ type: 'text', text }));
}

/** What models used. */
export function usageMessage(usage: Partial<LlmUsage>): InvokeMessage {
  return { type: 'usage', usage: { ...emptyUsage(), ...usage } };
}
