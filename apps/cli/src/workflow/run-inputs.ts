import { FormFiles, type FileValue, type StartForm, type StartVariable } from '#engines/workflow';
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
 * Reads what was typed by the start node's form. `sys.query`, or `query` where the form has no such field, is what a chatflow is asked; `sys.files` are its files. Throws
 * {@link UsageError} for names the form does not have, and `StartFormError` for values that do not fit.
 */
export async function readInputs(form: StartForm | undefined, { inputs, files }: RunArguments, open: OpenFile): Promise<GivenInputs> {
  const fields = form?.fields ?? [];
  const given: Record<string, unknown> = {};
  let query = '';
  for (const [name, value] of inputs) {
    const field = fields.find(({ variable }) => variable === name);
    if (field !== undefined) given[name] = typed(field, value);
    else if (name === QUERY || name === 'query') query = value;
    else throw unknown('input', name, fields);
  }
  let ofMessage: FileValue[] = [];
  for (const [name, places] of files) {
    const field = fields.find(({ variable, type }) => variable === name && isFileType(type));
    if (name !== FILES && field === undefined) throw unknown('file', name, fields);
    const opened = await Promise.all(places.map(open));
    if (name === FILES) ofMessage = opened;
    else given[name] = field?.type === 'file' ? opened[0] : opened;
  }
  const filled = form === undefined ? {} : await form.fill(given, { files: new OpenedFiles(), strictTypes: false });
  return { inputs: filled, query, files: ofMessage };
}

/** Files are opened before the form sees them; a default of a form can't name one of this machine. */
class OpenedFiles extends FormFiles {
  override async find(): Promise<FileValue> {
    throw new UsageError('a file of the form is given by --file NAME=PATH');
  }
}

function typed({ variable, type }: StartVariable, value: string): unknown {
  if (type !== 'json_object') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw new UsageError(`--input ${variable} is JSON, such as '{"a": 1}'`);
  }
}

function isFileType(type: string): boolean {
  return type === 'file' || type === 'file-list';
}

function unknown(option: 'input' | 'file', name: string, fields: readonly StartVariable[]): UsageError {
  const fitting = fields.filter(({ type }) => isFileType(type) === (option === 'file')).map(({ variable }) => variable);
  const known = fitting.length === 0 ? `the start node asks for no ${option}` : `there is ${fitting.join(', ')}`;
  return new UsageError(`--${option} ${name}: ${known}`);
}
