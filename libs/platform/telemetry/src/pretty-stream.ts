import type { DestinationStream } from 'pino';

const COLOURS: Readonly<Record<string, string>> = {
  fatal: '\u001b[35m',
  error: '\u001b[31m',
  warn: '\u001b[33m',
  info: '\u001b[32m',
  debug: '\u001b[36m',
  trace: '\u001b[90m',
};
const RESET = '\u001b[0m';
const DIM = '\u001b[2m';

interface Line extends Record<string, unknown> {
  level: string;
  time: string;
  msg?: string;
  scope?: string;
  error?: { stack?: string };
  stack?: string;
}

/** Turns log lines of JSON into lines for eyes. */
export class PrettyStream implements DestinationStream {
  constructor(private readonly out: DestinationStream) {}

  write(text: string): void {
    this.out.write(format(JSON.parse(text) as Line));
  }
}

function format({ level, time, msg, scope, error, stack, ...fields }: Line): string {
  const facts = Object.entries(fields).map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const head = `${DIM}${time.slice(11, 23)}${RESET} ${COLOURS[level] ?? ''}${level.padEnd(5)}${RESET} ${scope === undefined ? '' : `[${scope}] `}${msg ?? ''}`;
  const trace = error?.stack ?? stack;
  return `${head}${facts.length > 0 ? ` ${DIM}${facts.join(' ')}${RESET}` : ''}\n${trace === undefined ? '' : `${trace}\n`}`;
}
