import { parseArgs } from 'node:util';
import { UsageError } from '../command.js';

/** What a run is asked for. */
export interface RunArguments {
  /** Path of the DSL file. */
  readonly file: string;
  /** Values by name, as typed. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Paths or URLs of files by name, in order. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** Path of the models file; null for none. */
  readonly models: string | null;
  /** Whether events are told as they come. */
  readonly streams: boolean;
  readonly asJson: boolean;
}

/** Reads the arguments of a run. Throws {@link UsageError}. */
export function parseRunArguments(args: readonly string[]): RunArguments {
  const { values, positionals } = parsed(args);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('name one file to run');
  const inputs = new Map<string, string>();
  for (const [name, value] of pairs('input', values.input)) {
    if (inputs.has(name)) throw new UsageError(`--input ${name} is there twice`);
    inputs.set(name, value);
  }
  const files = new Map<string, string[]>();
  for (const [name, path] of pairs('file', values.file)) files.set(name, [...(files.get(name) ?? []), path]);
  return { file, inputs, files, models: values.models ?? null, streams: values.stream, asJson: values.json };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        input: { type: 'string', multiple: true, default: [] },
        file: { type: 'string', multiple: true, default: [] },
        models: { type: 'string' },
        stream: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0]);
  }
}

function pairs(option: string, entries: readonly string[]): [string, string][] {
  return entries.map((entry) => {
    const at = entry.indexOf('=');
    if (at < 1) throw new UsageError(`--${option} ${entry}: write NAME=VALUE`);
    return [entry.slice(0, at), entry.slice(at + 1)];
  });
}
