import { pythonJson } from '#common';
import type { DeclaredVariable } from '../pool/initial-pool.js';
import { parseSegmentType, type SegmentType } from '../values/segment-type.js';
import { segmentAs } from '../values/segment.js';
import { TypeMismatchError, type GraphProblem } from '../workflow.errors.js';
import { isMapping, textIn } from './content.js';
import type { DslContent } from './dsl-document.js';

/** Variables that a workflow declares. */
export type VariableScope = 'environment' | 'conversation';

/** A variable of a file. */
export interface DslVariable extends DeclaredVariable {
  /** Empty where the file has none. */
  readonly id: string;
  readonly description: string;
}

/** `MAX_VARIABLE_SIZE`, bytes of the value as JSON (contract workflow-engine 4.6). */
const LARGEST_VALUE = 200 * 1024;

const TYPES: Readonly<Record<VariableScope, ReadonlySet<SegmentType>>> = {
  environment: new Set<SegmentType>([
    'string',
    'number',
    'secret',
    'integer',
    'float',
    'boolean',
    'object',
    'array[any]',
    'array[string]',
    'array[number]',
    'array[object]',
    'array[boolean]',
  ]),
  conversation: new Set<SegmentType>([
    'string',
    'number',
    'integer',
    'float',
    'boolean',
    'object',
    'array[any]',
    'array[string]',
    'array[number]',
    'array[object]',
    'array[boolean]',
  ]),
};

/** Reads the variables of a file; those that can't be used are left out and told (contract workflow-engine 3.7, 3.8). */
export function readDslVariables(raw: unknown, scope: VariableScope): { variables: DslVariable[]; problems: GraphProblem[] } {
  const variables: DslVariable[] = [];
  const problems: GraphProblem[] = [];
  const names = new Set<string>();
  (Array.isArray(raw) ? (raw as unknown[]) : []).forEach((entry, index) => {
    const path = `workflow.${scope}_variables.${String(index)}`;
    const report = (level: GraphProblem['level'], code: string, message: string, field: string): void => {
      problems.push({ level, code, message, field: `${path}.${field}` });
    };
    const variable = readVariable(isMapping(entry) ? entry : {}, scope, (message, field) => {
      report('error', 'INVALID_VARIABLE', message, field);
      return null;
    });
    if (variable === null) return;
    if (names.has(variable.name))
      report('warning', 'DUPLICATE_VARIABLE', `Two ${scope} variables are called ${variable.name}; the last one counts.`, 'name');
    names.add(variable.name);
    if (variable.type === 'secret' && variable.value !== '')
      report(
        'warning',
        'SECRET_IN_FILE',
        `The secret ${variable.name} can be read in the file: empty its value before you share it.`,
        'value',
      );
    variables.push(variable);
  });
  return { variables, problems };
}

function readVariable(entry: DslContent, scope: VariableScope, refuse: (message: string, field: string) => null): DslVariable | null {
  const name = textIn(entry.name);
  if (name === undefined) return refuse('missing name: every variable needs one.', 'name');
  if (entry.value_type === undefined || entry.value_type === null)
    return refuse(`missing value type: say what ${name} is, such as string.`, 'value_type');
  if (entry.value === undefined || entry.value === null)
    return refuse(`missing value: give ${name} one; an empty text will do for a string.`, 'value');
  const type = parseSegmentType(entry.value_type);
  if (type === undefined || !TYPES[scope].has(type))
    return refuse(
      `not supported value type ${pythonJson(entry.value_type)} of ${name}: use one of ${[...TYPES[scope]].join(', ')}.`,
      'value_type',
    );
  const value = type === 'secret' && typeof entry.value === 'number' ? String(entry.value) : entry.value;
  const size = Buffer.byteLength(pythonJson(value));
  if (size > LARGEST_VALUE)
    return refuse(
      `The value of ${name} has ${String(size)} bytes; at most ${String(LARGEST_VALUE)} (MAX_VARIABLE_SIZE) are kept.`,
      'value',
    );
  try {
    const segment = segmentAs(type, typeof value === 'bigint' ? Number(value) : value);
    return { id: textIn(entry.id) ?? '', name, description: textIn(entry.description) ?? '', type: segment.type, value: segment.value };
  } catch (error) {
    if (!(error instanceof TypeMismatchError)) throw error;
    return refuse(`The value of ${name} is ${error.actual}, and declared is ${error.expected}: change one of them.`, 'value');
  }
}
