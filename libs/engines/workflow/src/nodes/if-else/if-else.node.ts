import { z } from 'zod';
import {
  evaluateConditions,
  readConditions,
  selectorsOf,
  type ConditionGroup,
  type ConditionOutcome,
} from '../../conditions/conditions.js';
import { selectorText } from '../../pool/selector.js';
import type { NodeContext, NodeType } from '../node-type.js';
import type { NodeResult } from '../node-result.js';

const ELSE = 'false';

const operator = z.enum(['and', 'or']).nullish();
const conditions = z.array(z.unknown()).nullish();
const schema = z.object({
  cases: z.array(z.object({ case_id: z.string(), logical_operator: operator, conditions })).nullish(),
  // Files from before cases had one group of conditions.
  logical_operator: operator,
  conditions,
});

interface Case {
  id: string;
  group: ConditionGroup;
  /** As the process data show it. */
  shown: Record<string, unknown>;
}

/** Takes the branch of the first case that holds, else `false` (contract workflow-engine 7.9). */
export const ifElseNode: NodeType = {
  type: 'if-else',
  version: '1',
  execution: 'branch',
  compile: (data) => {
    const raw = schema.parse(data);
    const cases =
      raw.cases && raw.cases.length > 0
        ? raw.cases.map((item, index) => readCase(item.case_id, item.logical_operator, item.conditions, `cases.${index}.conditions`))
        : [readCase('true', raw.logical_operator, raw.conditions, 'conditions')];
    const selectors = cases.flatMap(({ group }) => selectorsOf(group));
    return {
      reads: Object.fromEntries(selectors.map((selector) => [`#${selectorText(selector)}#`, selector])),
      repeatable: true,
      handles: [...cases.map(({ id }) => id), ELSE],
      run: (context) => run(cases, context),
    };
  },
};

function readCase(id: string, joinedBy: 'and' | 'or' | null | undefined, raw: readonly unknown[] | null | undefined, field: string): Case {
  const group = readConditions(raw ?? [], joinedBy ?? 'and', field);
  return { id, group, shown: { case_id: id, logical_operator: group.operator, conditions: (raw ?? []).map(shownCondition) } };
}

function shownCondition(raw: unknown): Record<string, unknown> {
  const { variable_selector, comparison_operator, value, sub_variable_condition } = raw as Record<string, unknown>;
  return { variable_selector, comparison_operator, value: value ?? null, sub_variable_condition: sub_variable_condition ?? null };
}

function run(cases: readonly Case[], { pool, secrets }: NodeContext): NodeResult {
  // What is shown as inputs is what the last case looked at (traces nodes/if-else).
  let inputs: ConditionOutcome['inputs'] = [];
  const results: Record<string, unknown>[] = [];
  for (const { id, group, shown } of cases) {
    const outcome = evaluateConditions(group, pool, secrets);
    inputs = outcome.inputs;
    results.push({ group: shown, results: outcome.results, final_result: outcome.result });
    if (outcome.result) return chosen(id, true, inputs, results);
  }
  return chosen(ELSE, false, inputs, results);
}

function chosen(id: string, result: boolean, conditions_: ConditionOutcome['inputs'], results: Record<string, unknown>[]): NodeResult {
  return {
    status: 'succeeded',
    inputs: { conditions: conditions_ },
    processData: { condition_results: results },
    outputs: { result, selected_case_id: id },
    handle: id,
  };
}
