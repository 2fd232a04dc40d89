import { isJsonObject } from '#common';
import { variableMissing } from '../../invoke/parameter-value.js';
import type { AgentStrategy, AgentTool } from '../../ports/agent-strategies.port.js';
import { parseSelector } from '../../pool/selector.js';
import type { PoolReader } from '../../pool/variable-pool.js';
import { NodeFailure } from '../../workflow.errors.js';

type Entry = Record<string, unknown>;

/** The tools of an agent, as its strategy gets them and as the node's inputs show them. */
export interface ToolsOfAgent {
  readonly given: readonly AgentTool[];
  readonly shown: readonly Entry[];
}

/**
 * Reads the value of a parameter of type `array[tools]`, its references resolved: those that are enabled, without those the strategy can't use, their parameters
 * and settings reduced to values (contract workflow-engine 7.14, traces agents/*).
 */
export function toolsOf(
  value: unknown,
  { strategy, hasTypedSettings, pool }: { strategy: Pick<AgentStrategy, 'metaVersion'>; hasTypedSettings: boolean; pool: PoolReader },
): ToolsOfAgent {
  if (!Array.isArray(value)) throw new NodeFailure('The tools of the agent are no list.', { errorType: 'WorkflowNodeError' });
  const takesMcp = isNewerThanFirst(strategy.metaVersion);
  const given: AgentTool[] = [];
  const shown: Entry[] = [];
  for (const entry of value as unknown[]) {
    if (!isJsonObject(entry) || entry.enabled !== true || (entry.type === 'mcp' && !takesMcp)) continue;
    const { schemas: _schemas, ...facts } = entry;
    const parameters = parametersOf(objectIn(entry.parameters), pool);
    const raw = mapValues(objectIn(entry.settings), (setting) => (isJsonObject(setting) ? (setting.value ?? null) : null));
    shown.push({ ...facts, parameters, settings: raw });
    given.push({
      ...facts,
      type: textIn(entry, 'type'),
      provider_name: textIn(entry, 'provider_name'),
      tool_name: textIn(entry, 'tool_name'),
      parameters,
      settings: hasTypedSettings ? typedSettings(raw, pool) : withoutNulls(raw),
    });
  }
  return { given, shown };
}

/** A fixed parameter has its value; the others are null: the model chooses. Old files hold plain values. */
function parametersOf(raw: Entry, pool: PoolReader): Entry {
  if (!Object.values(raw).every(isJsonObject)) return raw;
  return mapValues(raw as Record<string, Entry>, ({ auto = 1, value }) => (auto === 0 || auto === false ? fixedValue(value, pool) : null));
}

function fixedValue(raw: unknown, pool: PoolReader): unknown {
  if (!isJsonObject(raw)) return raw ?? null;
  if (raw.type !== 'variable') return raw.value ?? '';
  const selector = parseSelector(raw.value);
  if (selector === undefined)
    throw new NodeFailure('Variable selector is missing for a variable-type parameter.', { errorType: 'WorkflowNodeError' });
  const segment = pool.get(selector);
  if (segment === undefined) throw variableMissing(selector);
  return segment.value;
}

/** Settings of newer files: `{type, value}`. What has another form says nothing: the tool's own default holds. */
function typedSettings(raw: Entry, pool: PoolReader): Entry {
  return withoutNulls(
    mapValues(raw, (setting) => {
      if (!isJsonObject(setting) || setting.value === undefined) return null;
      return fixedValue(setting, pool);
    }),
  );
}

/** Only versions above `0.0.1` can use MCP tools; a strategy that says none is an old one. */
function isNewerThanFirst(version: string | null): boolean {
  const [major = 0, minor = 0, patch = 0] = (version ?? '').split('.').map((part) => Number.parseInt(part, 10) || 0);
  return major > 0 || minor > 0 || patch > 1;
}

function textIn(entry: Entry, key: string): string {
  const value = entry[key];
  return typeof value === 'string' ? value : '';
}

function objectIn(value: unknown): Entry {
  return isJsonObject(value) ? value : {};
}

function mapValues<T>(entries: Record<string, T>, map: (value: T) => unknown): Entry {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, map(value)]));
}

function withoutNulls(entries: Entry): Entry {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null));
}
