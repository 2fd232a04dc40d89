import { z } from 'zod';
import { WorkflowError } from '../../workflow.errors.js';
import { segmentOf, zeroSegment, type Segment } from '../../values/segment.js';
import type { NodeContext, NodeType } from '../node-type.js';
import type { NodeResult } from '../node-result.js';
import { selectorSchema } from '../selector-schema.js';
import { Updates } from './updates.js';

const schema = z.object({
  assigned_variable_selector: selectorSchema,
  write_mode: z.enum(['over-write', 'append', 'clear']),
  input_variable_selector: selectorSchema,
});
type Settings = z.infer<typeof schema>;

/** Writes one variable, in the way of older files (contract workflow-engine 7.17). */
export const assignerV1Node: NodeType = {
  type: 'assigner',
  version: '1',
  execution: 'executable',
  compile: (data) => {
    const settings = schema.parse(data);
    return {
      reads: { assigned_variable: settings.assigned_variable_selector, input_variable: settings.input_variable_selector },
      repeatable: true,
      writes: [settings.assigned_variable_selector],
      run: (context) => run(settings, context),
    };
  },
};

function run(
  { assigned_variable_selector: target, write_mode: mode, input_variable_selector: source }: Settings,
  { pool }: NodeContext,
): NodeResult {
  const old = pool.get(target);
  if (old === undefined) throw new WorkflowError('assigned variable not found', { errorType: 'WorkflowNodeError' });
  const value = mode === 'clear' ? zeroSegment(old.type) : written(old, pool.get(source), mode);
  const updates = new Updates(pool);
  updates.set(target, value);
  return {
    status: 'succeeded',
    inputs: { value: value.value },
    outputs: {},
    processData: { __updated_variables: updates.shown },
    updates: updates.list,
  };
}

function written(old: Segment, input: Segment | undefined, mode: 'over-write' | 'append'): Segment {
  if (input === undefined) throw new WorkflowError('input value not found', { errorType: 'WorkflowNodeError' });
  if (mode === 'over-write') return input;
  return segmentOf([...(Array.isArray(old.value) ? (old.value as unknown[]) : []), input.value]);
}
