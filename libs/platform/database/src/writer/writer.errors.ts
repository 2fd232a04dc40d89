import { OperationalError, UnavailableError, UnexpectedError } from '#common';
import { databaseErrorFacts } from '../database.errors.js';

/** Another process took the run over, or it is finished: nothing of the batch was written. The run must be given up. */
export class RunFencedError extends OperationalError {
  constructor(readonly runId: string) {
    super({ code: 'run_fenced', status: 503, message: `Run ${runId} is finished or was taken over by another process; follow it there.` });
  }
}

/** The database refused a row of the batch: nothing of the batch was written, other runs are not touched. */
export class RowRejectedError extends UnexpectedError {
  /** SQLSTATE of the refusal. */
  readonly sqlState: string | undefined;
  /** Constraint that refused it, if one did. */
  readonly constraint: string | undefined;

  constructor(
    readonly runId: string,
    cause: unknown,
  ) {
    super({ code: 'row_rejected', status: 500, message: 'The database refused what the run wanted to store.', cause });
    const facts = databaseErrorFacts(cause);
    this.sqlState = facts.sqlState;
    this.constraint = facts.constraint;
  }
}

/** 503 `writer_overloaded`: more rows wait than the writer takes. */
export class WriterOverloadedError extends UnavailableError {
  constructor() {
    super('writer_overloaded', 'The database does not keep up with the runs. Try again in a few seconds.', { retryAfterSeconds: 2 });
  }
}
