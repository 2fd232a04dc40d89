import { z } from 'zod';
import { selectorText, type Selector } from '../../pool/selector.js';
import type { PoolReader } from '../../pool/variable-pool.js';
import type { Segment } from '../../values/segment.js';
import { succeeded, type NodeResult } from '../node-result.js';
import type { NodeType } from '../node-type.js';
import { selectorSchema } from '../selector-schema.js';

const selectors = z
  .array(selectorSchema)
  .nullish()
  .transform((list) => list ?? []);
const schema = z.object({
  variables: selectors,
  advanced_settings: z
    .object({ group_enabled: z.boolean().nullish(), groups: z.array(z.object({ group_name: z.string(), variables: selectors })).nullish() })
    .nullish(),
});

/** Puts out the first of several variables that exists, of branches that exclude each other (contract workflow-engine 7.15). */
export const variableAggregatorNode: NodeType = {
  type: 'variable-aggregator',
  version: '1',
  execution: 'executable',
  compile: (data) => {
    const { variables, advanced_settings: settings } = schema.parse(data);
    const groups = settings?.group_enabled === true ? (settings.groups ?? []) : null;
    const all = groups === null ? variables : groups.flatMap((group) => group.variables);
    return {
      reads: Object.fromEntries(all.map((selector) => [`#${selectorText(selector)}#`, selector])),
      repeatable: true,
      run: ({ pool }) => (groups === null ? ungrouped(variables, pool) : grouped(groups, pool)),
    };
  },
};

function first(list: readonly Selector[], pool: PoolReader): { selector: Selector; segment: Segment } | undefined {
  for (const selector of list) {
    const segment = pool.get(selector);
    if (segment !== undefined) return { selector, segment };
  }
  return undefined;
}

function ungrouped(list: readonly Selector[], pool: PoolReader): NodeResult {
  const found = first(list, pool);
  if (found === undefined) return succeeded({}, {});
  return succeeded({ output: found.segment }, { [found.selector.at(-1) as string]: found.segment });
}

function grouped(groups: readonly { group_name: string; variables: readonly Selector[] }[], pool: PoolReader): NodeResult {
  const outputs: Record<string, unknown> = {};
  const inputs: Record<string, unknown> = {};
  for (const { group_name: name, variables } of groups) {
    const found = first(variables, pool);
    if (found === undefined) continue;
    outputs[name] = { output: found.segment.value };
    inputs[found.selector.slice(1).join('.')] = found.segment;
  }
  return succeeded(outputs, inputs);
}
