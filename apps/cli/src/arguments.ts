import { parseArgs } from 'node:util';
import { UsageError } from './command.js';

/** Arguments of a command: words, and values of `--name value` or `--name=value`. */
export interface ParsedArguments {
  words: string[];
  options: Record<string, string | undefined>;
}

/** Reads the arguments of a command that knows these options. Throws {@link UsageError} for any other. */
export function parseArguments(args: readonly string[], names: readonly string[] = []): ParsedArguments {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { words: positionals, options: values };
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
