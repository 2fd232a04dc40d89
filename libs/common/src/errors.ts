/** Whose fault an error is: decides its log level and whether it is reported. */
export type ErrorFamily = 'user' | 'operational' | 'unexpected';

/** What an error carries beyond its message. */
export interface AppErrorOptions {
  /** Stable, lower snake case; part of the API. */
  code: string;
  /** HTTP status of the answer. */
  status: number;
  /** Says what happened and what to do. Sent to the client. */
  message: string;
  /** The error that led here; logged, never sent. */
  cause?: unknown;
  /** Name of the one request field that is wrong; sent as `params` (contract console-accounts 1.1). */
  params?: string;
  /** Extra response headers, such as `retry-after`. */
  headers?: Record<string, string>;
  /** Replaces the usual `{code, message, status}` body where the contract prescribes another shape. */
  body?: Record<string, unknown>;
}

/** Base of all errors that a client may see. Concrete classes live in `<feature>.errors.ts`. */
export abstract class AppError extends Error {
  /** Whose fault it is: decides the level it is logged at, and whether it is reported. */
  abstract readonly family: ErrorFamily;
  /** Part of the API: lower snake case, stable. */
  readonly code: string;
  /** Status of the answer. */
  readonly status: number;
  /** Name of the one request field that is wrong. */
  readonly params?: string;
  /** Extra response headers. */
  readonly headers?: Record<string, string>;
  /** Replaces the usual body where the contract prescribes another shape. */
  readonly body?: Record<string, unknown>;

  constructor(options: AppErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code;
    this.status = options.status;
    if (options.params !== undefined) this.params = options.params;
    if (options.headers !== undefined) this.headers = options.headers;
    if (options.body !== undefined) this.body = options.body;
  }
}

/** The caller asked for something that can't be done: 4xx, logged at info. */
export class UserError extends AppError {
  readonly family = 'user';
}

/** Something we depend on failed and may come back: usually 503, logged at warn. */
export class OperationalError extends AppError {
  readonly family = 'operational';
}

/** A bug of ours: 500, logged at error with its cause. */
export class UnexpectedError extends AppError {
  readonly family = 'unexpected';
}

/** 400 `invalid_param`: a value in path, query or body is not acceptable. */
export class InvalidParamError extends UserError {
  constructor(message: string, options: { params?: string; cause?: unknown } = {}) {
    super({ code: 'invalid_param', status: 400, message, ...options });
  }
}

/** 400 `bad_request`: the request as a whole can't be taken. */
export class BadRequestError extends UserError {
  constructor(message: string, cause?: unknown) {
    super({ code: 'bad_request', status: 400, message, cause });
  }
}

/** 401 `unauthorized`: no credential, or one that does not hold. */
export class UnauthorizedError extends UserError {
  constructor(message: string, code = 'unauthorized') {
    super({ code, status: 401, message, headers: { 'www-authenticate': 'Bearer realm="api"' } });
  }
}

/** 403 `forbidden`: known caller, not allowed. */
export class ForbiddenError extends UserError {
  constructor(message = "You don't have the permission to access the requested resource.", code = 'forbidden') {
    super({ code, status: 403, message });
  }
}

/** 404 `not_found`: there is no such thing in the caller's workspace. */
export class NotFoundError extends UserError {
  constructor(message: string, code = 'not_found') {
    super({ code, status: 404, message });
  }
}

/** 503: a dependency or a queue can't take the request now; carries Retry-After. */
export class UnavailableError extends OperationalError {
  constructor(code: string, message: string, options: { retryAfterSeconds?: number; cause?: unknown } = {}) {
    super({ code, status: 503, message, cause: options.cause, headers: { 'retry-after': String(options.retryAfterSeconds ?? 1) } });
  }
}

/** An error whose message repeats what somebody else said, a vendor or a user: such a text never stands in a log. */
export interface QuotingError extends Error {
  readonly quotesOthers: true;
}

/** Whether the message of an error is somebody else's. */
export function quotesOthers(error: Error): error is QuotingError {
  return 'quotesOthers' in error && error.quotesOthers === true;
}
