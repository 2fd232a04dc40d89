import { OperationalError, UnexpectedError } from '#common';

/** Jobs, handlers and schedules do not fit together: lists every problem. */
export class JobsConfigurationError extends UnexpectedError {
  constructor(readonly problems: readonly string[]) {
    super({
      code: 'jobs_misconfigured',
      status: 500,
      message: `Jobs do not fit together:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    });
  }
}

/** The payload given to enqueue does not fit its contract. */
export class JobPayloadError extends UnexpectedError {
  constructor(job: string, detail: string, cause?: unknown) {
    super({ code: 'job_payload_invalid', status: 500, message: `The payload of job ${job} is not right: ${detail}`, cause });
  }
}

/** Thrown by a processor: further attempts would fail as well, so the job is put among the dead ones at once. */
export class JobRejectedError extends OperationalError {
  constructor(message: string, cause?: unknown) {
    super({ code: 'job_rejected', status: 500, message, cause });
  }
}

/** An attempt took longer than its contract allows. */
export class JobTimeoutError extends OperationalError {
  constructor(job: string, timeoutMs: number) {
    super({ code: 'job_timeout', status: 500, message: `Job ${job} did not end within ${String(timeoutMs)} ms.` });
  }
}

/** The process is stopping; the job runs again, here or elsewhere. */
export class JobInterruptedError extends OperationalError {
  constructor() {
    super({ code: 'job_interrupted', status: 503, message: 'The process was stopped while the job ran.' });
  }
}
