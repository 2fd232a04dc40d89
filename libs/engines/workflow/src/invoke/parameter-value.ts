import { pythonRepr } from '#common';
import type { NodeContext } from '../nodes/node-type.js';
import { parseSelector, type Selector } from '../pool/selector.js';
import { NodeFailure } from '../workflow.errors.js';
import { fillDeep, readDeepTemplate, readsOfDeep, type DeepTemplate } from './deep-template.js';

/** A parameter as a node's data has it: a variable as it is, or a value with references in its texts. */
export type ParameterValue =
  { readonly kind: 'variable'; readonly selector: Selector } | { readonly kind: 'template'; readonly template: DeepTemplate };

/** Reads `{type, value}`; undefined for what says nothing (contract workflow-engine 1.6: such entries are dropped). */
export function readParameterValue(raw: unknown): ParameterValue | undefined {
  if (typeof raw !== 'object' || raw === null || !('value' in raw) || raw.value === null || raw.value === undefined) return undefined;
  if (!('type' in raw) || raw.type !== 'variable') return { kind: 'template', template: readDeepTemplate(raw.value) };
  return { kind: 'variable', selector: parseSelector(raw.value) ?? [] };
}

/** The variables a parameter reads, by the names single-step runs call them. */
export function readsOfParameters(parameters: ReadonlyMap<string, ParameterValue>): Record<string, Selector> {
  const reads: Record<string, Selector> = {};
  for (const [name, value] of parameters)
    if (value.kind === 'variable') reads[name] = value.selector;
    else Object.assign(reads, readsOfDeep(value.template));
  return reads;
}

/** The value of a parameter in this run; undefined for a variable that is not there. */
export function valueOf(parameter: ParameterValue, context: Pick<NodeContext, 'pool'>): unknown {
  return parameter.kind === 'variable' ? context.pool.get(parameter.selector)?.value : fillDeep(parameter.template, context);
}

/** A variable that a parameter can't do without is not there. */
export function variableMissing(selector: Selector): NodeFailure {
  return new NodeFailure(`Variable ${pythonRepr([...selector])} does not exist`, { errorType: 'WorkflowNodeError' });
}
