import { quotesOthers } from '#common';

const DEEPEST = 5;
const MOST_ERRORS = 5;
const WITHHELD = '[withheld: repeats what others said]';

/** Properties of errors that may stand in a log. Rows, statements, parameters, requests and answers of vendors are in others. */
const KEPT = [
  'code',
  'status',
  'errno',
  'syscall',
  'hostname',
  'address',
  'port',
  'severity',
  'schema',
  'table',
  'column',
  'constraint',
] as const;

/** What a log line tells of an error and its causes: what happened and where, never the data that it happened to. */
export function errorFacts(error: unknown): unknown {
  return describe(error, false, DEEPEST);
}

function describe(error: unknown, isQuote: boolean, depth: number): unknown {
  if (!(error instanceof Error)) return isQuote ? WITHHELD : error;
  const isWithheld = isQuote || quotesOthers(error);
  const message = isWithheld ? WITHHELD : safeMessage(error);
  const facts: Record<string, unknown> = { type: error.name, message, stack: `${error.name}: ${message}${framesOf(error)}` };
  for (const key of KEPT) {
    const value = (error as unknown as Record<string, unknown>)[key];
    if (typeof value === 'string' || typeof value === 'number') facts[key] = value;
  }
  if (depth === 0) return facts;
  if (error.cause !== undefined) facts.cause = describe(error.cause, isWithheld, depth - 1);
  if (error instanceof AggregateError)
    facts.errors = error.errors.slice(0, MOST_ERRORS).map((inner: unknown) => describe(inner, isWithheld, depth - 1));
  return facts;
}

/** PostgreSQL repeats a value that it can't read (SQLSTATE class 22) behind the colon. */
function safeMessage(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^22\w{3}$/.test(code) ? (error.message.split(':')[0] ?? '') : error.message;
}

/** The stack without its head, which is the message again. */
function framesOf({ stack = '' }: Error): string {
  const at = stack.search(/\n {4}at /);
  return at < 0 ? '' : stack.slice(at);
}
