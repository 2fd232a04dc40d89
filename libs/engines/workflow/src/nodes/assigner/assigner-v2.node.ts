import { pythonRepr } from '#common';
import { z } from 'zod';
import type { Selector } from '../../pool/selector.js';
import { NodeFailure } from '../../workflow.errors.js';
import { failed, type NodeResult } from '../node-result.js';
import type { NodeContext, NodeData, NodeType } from '../node-type.js';
import { selectorSchema } from '../selector-schema.js';
import { checkSupport, operate, OPERATIONS } from './operations.js';
import { Updates } from './updates.js';

const itemSchema = z.object({
  variable_selector: selectorSchema,
  input_type: z.enum(['variable', 'constant']),
  operation: z.enum(OPERATIONS),
  value: z.unknown().optional(),
});
const schema = z.object({ items: z.array(itemSchema).nullish() });
type Item = z.infer<typeof itemSchema>;

/** Writes variables, one item after the other (contract workflow-engine 7.18). */
export const assignerV2Node: NodeType = {
  type: 'assigner',
  version: '2',
  execution: 'executable',
  compile: (data) => {
    const items = schema.parse(data).items ?? [];
    const sources = items.flatMap((item) => (item.input_type === 'variable' && Array.isArray(item.value) ? [item.value as string[]] : []));
    return {
      reads: Object.fromEntries(
        [...items.map((item) => item.variable_selector), ...sources].map((selector) => [`#${selector.join('.')}#`, selector]),
      ),
      repeatable: true,
      writes: items.map((item) => item.variable_selector),
      run: (context) => run(items, data, context),
    };
  },
};

function run(items: readonly Item[], data: NodeData, { pool }: NodeContext): NodeResult {
  const updates = new Updates(pool);
  const inputs = shownConfig(data, items);
  try {
    for (const item of items) apply(item, updates);
  } catch (error) {
    if (!(error instanceof NodeFailure)) throw error;
    // What earlier items wrote stays in the pool of this run (contract pitfall 18).
    return failed(error.message, error.errorType, { inputs, updates: updates.list });
  }
  const processData = Object.fromEntries<unknown>([
    ...updates.list.map(({ selector, segment }) => [selector[1] as string, segment.value] as const),
    ['__updated_variables', updates.shown],
  ]);
  return {
    status: 'succeeded',
    inputs,
    outputs: {},
    processData,
    updates: updates.list,
  };
}

/** The node's configuration with the fields every node has, as the recorded runs show it. */
function shownConfig(
  { type, title, desc, version, error_strategy, default_value, retry_config }: NodeData,
  items: readonly Item[],
): Record<string, unknown> {
  return {
    type,
    title,
    desc: desc ?? null,
    version,
    error_strategy: error_strategy ?? null,
    default_value: default_value ?? null,
    retry_config: retry_config ?? { max_retries: 0, retry_interval: 0, retry_enabled: false },
    items: items.map(({ variable_selector, input_type, operation, value }) => ({
      variable_selector,
      input_type,
      operation,
      value: value ?? null,
    })),
  };
}

function apply(item: Item, updates: Updates): void {
  const { variable_selector: target, operation, input_type: kind } = item;
  const variable = updates.get(target);
  if (variable === undefined) throw notFound(target);
  checkSupport(operation, variable.type, kind);
  const needsInput = operation !== 'clear' && operation !== 'remove-first' && operation !== 'remove-last';
  let input: unknown = item.value ?? null;
  if (needsInput && kind === 'variable') {
    const source = Array.isArray(item.value) ? (item.value as string[]) : [];
    const segment = updates.get(source);
    if (segment === undefined) throw notFound(source);
    if (segment.type === 'none') return;
    input = segment.value;
  }
  updates.set(target, operate(operation, variable, input));
}

function notFound(selector: Selector): NodeFailure {
  return new NodeFailure(`Variable ${pythonRepr([...selector])} not found`);
}
