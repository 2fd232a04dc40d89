import type { Json } from '#common';
import { parseInputForm, prepareInputs, type InputVariable } from '#engines/chat';
import type { DslWorkflow, FileValue } from '#engines/workflow';
import { UsageError } from '../command.js';
import type { RunArguments } from './run-arguments.js';

/** What a person gave a run. */
export interface GivenInputs {
  /** Values of the start node's variables. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** `sys.query`; empty for none. */
  readonly query: string;
  /** `sys.files`. */
  readonly files: readonly FileValue[];
}

/** Opens the file at a path or URL. */
export type OpenFile = (place: string) => Promise<FileValue>;

const QUERY = 'sys.query';
const FILES = 'sys.files';

/**
 * Reads what was typed by the start node's form (contract workflow-engine 3.6). `sys.query`, or `query` where the form has no such field, is what a chatflow is asked;
 * `sys.files` are its files. Throws {@link UsageError} for names the form does not have, and `InputFormError` for values that do not fit.
 */
export async function readInputs(workflow: DslWorkflow, { inputs, files }: RunArguments, open: OpenFile): Promise<GivenInputs> {
  const form = formOf(workflow);
  const given: Record<string, unknown> = {};
  let query = '';
  for (const [name, value] of inputs) {
    const variable = form.find((field) => field.name === name);
    if (variable !== undefined) given[name] = typed(variable, value);
    else if (name === QUERY || name === 'query') query = value;
    else throw unknown('input', name, form);
  }
  const opened = new Map<string, FileValue[]>();
  for (const [name, places] of files) {
    const variable = form.find((field) => field.name === name);
    if (name !== FILES && variable?.type !== 'file' && variable?.type !== 'file-list') throw unknown('file', name, form);
    const values = await Promise.all(places.map(open));
    opened.set(name, values);
    if (name !== FILES) given[name] = variable?.type === 'file' ? values[0]?.toJSON() : values.map((value) => value.toJSON());
  }
  const prepared = prepareInputs(form, given, { applyDefaults: true });
  return { inputs: withFiles(prepared, form, opened), query, files: opened.get(FILES) ?? [] };
}

/** The start node's form. */
function formOf({ graph }: DslWorkflow): InputVariable[] {
  const start = graph.nodes.find(({ data }) => data.type === 'start');
  const variables: readonly unknown[] = Array.isArray(start?.data.variables) ? start.data.variables : [];
  return parseInputForm(variables.map((variable) => ({ [String((variable as { type?: unknown } | null)?.type)]: variable as Json })));
}

function typed({ name, type }: InputVariable, value: string): unknown {
  if (type !== 'json_object') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw new UsageError(`--input ${name} is JSON, such as '{"a": 1}'`);
  }
}

function withFiles(
  prepared: Readonly<Record<string, Json>>,
  form: readonly InputVariable[],
  opened: ReadonlyMap<string, FileValue[]>,
): Record<string, unknown> {
  const inputs: Record<string, unknown> = { ...prepared };
  for (const { name, type } of form) {
    const values = opened.get(name);
    if (values !== undefined) inputs[name] = type === 'file' ? (values[0] ?? null) : values;
  }
  return inputs;
}

function unknown(option: 'input' | 'file', name: string, form: readonly InputVariable[]): UsageError {
  const fields = form.filter(({ type }) => type.startsWith('file') === (option === 'file')).map((field) => field.name);
  const known = fields.length === 0 ? `the start node asks for no ${option}` : `there is ${fields.join(', ')}`;
  return new UsageError(`--${option} ${name}: ${known}`);
}
