import { parseArgs } from 'node:util';
import { UsageError } from './command.js';

/** Arguments of a command: words, values of `--name value` or `--name=value`, and switches. */
export interface ParsedArguments {
  words: string[];
  options: Record<string, string | undefined>;
  /** Names of the switches that are set. */
  flags: ReadonlySet<string>;
}

/** Reads the arguments of a command that knows these options and switches. Throws {@link UsageError} for any other. */
export function parseArguments(args: readonly string[], names: readonly string[] = [], flags: readonly string[] = []): ParsedArguments {
  try {
    const kindOf = (type: 'string' | 'boolean') => (name: string) => [name, { type }] as const;
    const options = Object.fromEntries([...names.map(kindOf('string')), ...flags.map(kindOf('boolean'))]);
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const texts = Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return { words: positionals, options: Object.fromEntries(texts), flags: new Set(flags.filter((name) => values[name] === true)) };
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0]);
  }
}

/** The value of an option that may not be left out. */
export function required(parsed: ParsedArguments, name: string): string {
  const value = parsed.options[name];
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing`);
  return value;
}
