import { pythonRepr } from '#common';
import { parseSelectorTemplate } from '#engines/templates';
import { z } from 'zod';
import { NodeConfigError } from '../nodes/node-type.js';
import { selectorText, type Selector } from '../pool/selector.js';
import { NO_SECRETS, type SecretVault } from '../pool/secret-vault.js';
import type { PoolReader } from '../pool/variable-pool.js';
import { renderText } from '../values/render.js';
import type { Segment } from '../values/segment.js';
import { NodeFailure } from '../workflow.errors.js';
import { fileConditionHolds, type FileConditions } from './file-conditions.js';
import { holds, OPERATORS, type Operator } from './operators.js';

/** Conditions joined by one operator, read once. */
export interface ConditionGroup {
  readonly operator: 'and' | 'or';
  readonly conditions: readonly Condition[];
}

interface Condition {
  readonly selector: Selector;
  readonly operator: Operator;
  readonly expected: Expected;
  readonly files: FileConditions | null;
}

/** What a variable is compared with: a text with references, or a value as it stands. */
type Expected = { readonly parts: readonly (string | Selector)[]; readonly constant: string | null } | { readonly value: unknown };

/** What a group of conditions came to; conditions after the deciding one were not looked at. */
export interface ConditionOutcome {
  result: boolean;
  results: boolean[];
  /** As the inputs of an if-else node show them. */
  inputs: { actual_value: unknown; expected_value: unknown; comparison_operator: Operator }[];
}

const operatorSchema = z.enum(OPERATORS);
const subSchema = z.object({
  logical_operator: z.enum(['and', 'or']).nullish(),
  conditions: z.array(z.object({ key: z.string(), comparison_operator: operatorSchema, value: z.unknown().optional() })).nullish(),
});
const conditionSchema = z.object({
  variable_selector: z.array(z.string()),
  comparison_operator: operatorSchema,
  value: z.unknown().optional(),
  sub_variable_condition: subSchema.nullish(),
});

/** Reads conditions as DSL files have them. Throws `NodeConfigError` that names the field. */
export function readConditions(raw: readonly unknown[], operator: 'and' | 'or', field: string): ConditionGroup {
  return { operator, conditions: raw.map((condition, index) => readCondition(condition, `${field}.${index}`)) };
}

function readCondition(raw: unknown, field: string): Condition {
  const parsed = conditionSchema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new NodeConfigError([field, ...(issue?.path ?? []).map(String)].join('.'), issue?.message ?? 'This is no condition.');
  }
  const { variable_selector: selector, comparison_operator, value, sub_variable_condition: sub } = parsed.data;
  const files: FileConditions | null = sub
    ? {
        operator: sub.logical_operator ?? 'and',
        conditions: (sub.conditions ?? []).map((item) => ({ key: item.key, operator: item.comparison_operator, value: item.value ?? '' })),
      }
    : null;
  return { selector, operator: comparison_operator, expected: readExpected(value), files };
}

function readExpected(value: unknown): Expected {
  if (typeof value !== 'string') return { value: value ?? null };
  const parts = parseSelectorTemplate(value).map((part) =>
    part.kind === 'selector' ? part.selector : part.kind === 'text' ? part.text : part.source,
  );
  return { parts, constant: parts.every((part) => typeof part === 'string') ? value : null };
}

/** The selectors that conditions read. */
export function selectorsOf({ conditions }: ConditionGroup): Selector[] {
  return conditions.flatMap(({ selector, expected }) => [
    selector,
    ...('parts' in expected ? expected.parts.filter((part): part is Selector => typeof part !== 'string') : []),
  ]);
}

/** Evaluates until the result is certain. Throws `NodeFailure` for a variable that is missing or can't be compared. */
export function evaluateConditions(group: ConditionGroup, pool: PoolReader, secrets: SecretVault = NO_SECRETS): ConditionOutcome {
  const outcome: ConditionOutcome = { result: group.operator === 'and', results: [], inputs: [] };
  for (const condition of group.conditions) {
    const result = evaluate(condition, pool, secrets, outcome);
    outcome.results.push(result);
    if (result !== (group.operator === 'and')) {
      outcome.result = result;
      return outcome;
    }
  }
  return outcome;
}

function evaluate(condition: Condition, pool: PoolReader, secrets: SecretVault, outcome: ConditionOutcome): boolean {
  const { selector, operator, files } = condition;
  const segment = pool.get(selector);
  if (segment === undefined) throw new NodeFailure(`Variable ${pythonRepr([...selector])} not found`);
  if (operator === 'exists' || operator === 'not exists') return holds(operator, segment.value, null);
  if (segment.type === 'array[file]' && (operator === 'contains' || operator === 'not contains' || operator === 'all of')) {
    if (files === null) throw new NodeFailure('Sub variable is required', { errorType: 'ValueError' });
    return fileConditionHolds(operator, segment, files);
  }
  const expected = expectedValue(condition.expected, segment, pool);
  outcome.inputs.push({ actual_value: segment.value, expected_value: expected, comparison_operator: operator });
  return holds(operator, secrets.reveal(segment.value), secrets.reveal(expected));
}

function expectedValue(expected: Expected, actual: Segment, pool: PoolReader): unknown {
  if ('value' in expected) return asBooleans(expected.value, actual);
  return asBooleans(expected.constant ?? expected.parts.map((part) => partText(part, pool)).join(''), actual);
}

function partText(part: string | Selector, pool: PoolReader): string {
  if (typeof part === 'string') return part;
  const segment = pool.get(part);
  return segment === undefined ? selectorText(part) : renderText(segment);
}

/** Forms hold booleans as text; they are read as JSON where the variable is one. */
function asBooleans(expected: unknown, actual: Segment): unknown {
  if (actual.type === 'boolean') return asBoolean(expected);
  if (actual.type === 'array[boolean]') return Array.isArray(expected) ? expected.map(asBoolean) : asBoolean(expected);
  return expected;
}

function asBoolean(value: unknown): unknown {
  if (value === 'true' || value === '1' || value === 1) return true;
  if (value === 'false' || value === '0' || value === 0) return false;
  return value;
}
