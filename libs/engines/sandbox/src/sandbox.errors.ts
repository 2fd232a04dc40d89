import { LIMIT_SETTINGS, type LimitName } from './sandbox-limits.js';

/**
 * Why a run failed: the code threw (`exception`) or can't be parsed (`syntax`); `main` is absent or returned what is not JSON (`result`); a
 * limit was hit (`limit`); the request can't be run (`request`); the sandbox itself could not serve (`unavailable`).
 */
export type CodeFailureReason = 'exception' | 'syntax' | 'result' | 'limit' | 'request' | 'unavailable';

/** A limit that was hit. */
export interface HitLimit {
  name: LimitName;
  /** The environment variable that moves it. */
  setting: string;
  /** Its value, in the unit of the limit. */
  value: number;
}

/** What is known about a failed run. */
export interface CodeFailureFacts {
  reason: CodeFailureReason;
  /** What a user reads: for `exception` and `syntax` the traceback, as the language prints it. */
  message: string;
  /** Type of the exception, such as `ValueError`. */
  exceptionType?: string;
  /** Its message alone. */
  exceptionMessage?: string;
  /** Line of the user's code, from 1. */
  line?: number;
  limit?: HitLimit;
  /** What was printed before. */
  stdout?: string;
  cause?: unknown;
}

/** A run of code failed. */
export class CodeFailure extends Error {
  /** Name of the error on the wire (contract workflow-engine 7.10). */
  readonly errorType = 'CodeExecutionError';
  readonly reason: CodeFailureReason;
  readonly exceptionType?: string;
  readonly exceptionMessage?: string;
  readonly line?: number;
  readonly limit?: HitLimit;
  readonly stdout?: string;

  constructor(facts: CodeFailureFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = new.target.name;
    this.reason = facts.reason;
    this.exceptionType = facts.exceptionType;
    this.exceptionMessage = facts.exceptionMessage;
    this.line = facts.line;
    this.limit = facts.limit;
    this.stdout = facts.stdout;
  }

  /** Whether the same run may succeed later. */
  get isRetryable(): boolean {
    return this.reason === 'unavailable' || this.limit?.name === 'queueWaitMs' || this.limit?.name === 'queueLength';
  }
}

const WHAT_HAPPENED: Readonly<Record<LimitName, (value: number) => string>> = {
  timeoutMs: (value) => `The code ran longer than ${String(value)} ms`,
  memoryBytes: (value) => `The code used more than ${String(value)} bytes of memory`,
  outputBytes: (value) => `The code printed more than ${String(value)} bytes`,
  resultLength: (value) => `The result is longer than ${String(value)} characters of JSON`,
  resultDepth: (value) => `The result is nested deeper than ${String(value)} levels`,
  codeLength: (value) => `The code is longer than ${String(value)} characters`,
  inputsLength: (value) => `The inputs are longer than ${String(value)} characters of JSON`,
  queueLength: (value) => `The code sandbox is busy: ${String(value)} runs are waiting already`,
  queueWaitMs: (value) => `The code sandbox is busy: the run waited ${String(value)} ms for its turn`,
};

/** The failure of a run that hit a limit; its message names limit and setting. */
export function limitFailure(name: LimitName, value: number, more: { stdout?: string; cause?: unknown } = {}): CodeFailure {
  const limit: HitLimit = { name, value, setting: LIMIT_SETTINGS[name] };
  return new CodeFailure({ reason: 'limit', message: `${WHAT_HAPPENED[name](value)} (limit ${limit.setting}).`, limit, ...more });
}
