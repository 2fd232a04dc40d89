import { OperationalError, UnavailableError, UnexpectedError } from '#common';

/** The database does not answer, or not in time: 503, worth repeating. */
export class DatabaseUnavailableError extends UnavailableError {
  constructor(cause?: unknown) {
    super('database_unavailable', 'The database does not answer at the moment. Try again in a few seconds.', {
      retryAfterSeconds: 2,
      cause,
    });
  }
}

/** The start found no database: says why, as the operator has to do something. */
export class DatabaseUnreachableError extends OperationalError {
  constructor(cause: unknown) {
    const { message, code } = cause as { message?: string; code?: string };
    super({
      code: 'database_unreachable',
      status: 503,
      message: `The database can't be reached: ${message || code || 'unknown reason'}. Check DATABASE_URL or DB_HOST, DB_PORT, DB_USERNAME, DB_PASSWORD and DB_DATABASE.`,
      cause,
    });
  }
}

/** A query left the transaction that its own caller holds open; on the embedded database it would wait for itself. */
export class QueryOutsideTransactionError extends UnexpectedError {
  constructor() {
    super({
      code: 'query_outside_transaction',
      status: 500,
      message: 'A query was sent outside the transaction that is open in the same call. Hand its Tx on to every query until it ends.',
    });
  }
}

/** The schema was made by a newer version of the program: going on could damage it. */
export class SchemaTooNewError extends OperationalError {
  constructor(unknown: readonly string[]) {
    super({
      code: 'schema_too_new',
      status: 503,
      message: `The database was migrated by a newer version (${unknown.join(', ')}). Start that version, or restore a copy from before its migrations.`,
    });
  }
}

/** SQLSTATEs by which a server says that it can't serve now: connection trouble, shut-down, out of connections or disk. */
const UNAVAILABLE_STATES = /^(08...|57P0[1-4]|53[0-4]00|25006)$/;
const UNAVAILABLE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNABORTED',
]);
const UNAVAILABLE_MESSAGES =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|connection error and is not queryable|Client was closed|Cannot use a pool after calling end|Driver not Connected|Connection ended|Query runner already released/i;

/** Whether an error of `pg` or TypeORM means that the database can't be reached or does not answer in time. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseUnavailableError) return true;
  if (!(error instanceof Error)) return false;
  const inner: unknown = 'driverError' in error ? error.driverError : undefined;
  if (inner !== undefined && inner !== error && isDatabaseUnavailable(inner)) return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const isSocketGone = code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect';
  return isSocketGone || UNAVAILABLE_STATES.test(code) || UNAVAILABLE_CODES.has(code) || UNAVAILABLE_MESSAGES.test(error.message);
}

/** Turns connection failures and time-outs into {@link DatabaseUnavailableError}; any other error comes back as it is. */
export function mapDatabaseError(error: unknown): unknown {
  return isDatabaseUnavailable(error) && !(error instanceof DatabaseUnavailableError) ? new DatabaseUnavailableError(error) : error;
}

/** SQLSTATE, constraint and table of a refused statement, whichever library threw it. */
export function databaseErrorFacts(error: unknown): { sqlState?: string; constraint?: string; table?: string } {
  const source: unknown = error instanceof Error && 'driverError' in error ? error.driverError : error;
  if (typeof source !== 'object' || source === null) return {};
  const facts = source as { code?: unknown; constraint?: unknown; table?: unknown };
  return {
    ...(typeof facts.code === 'string' ? { sqlState: facts.code } : {}),
    ...(typeof facts.constraint === 'string' ? { constraint: facts.constraint } : {}),
    ...(typeof facts.table === 'string' ? { table: facts.table } : {}),
  };
}

/** Whether a statement was refused because a row with the same unique values exists, of the named constraint when given. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const facts = databaseErrorFacts(error);
  return facts.sqlState === '23505' && (constraint === undefined || facts.constraint?.includes(constraint) === true);
}
