import { OperationalError, UnavailableError, UserError } from '#common';
import type { FramePosition } from './streams/stream-frame.js';

/** 503 `lock_busy`: somebody else holds the lock for longer than the caller would wait. */
export class LockBusyError extends UnavailableError {
  constructor(readonly key: string) {
    super('lock_busy', 'Somebody else is doing this right now. Try again in a moment.');
  }
}

/** Reason with which the signal of a locked work fires when the lock could not be kept. */
export class LockLostError extends OperationalError {
  constructor(key: string, cause?: unknown) {
    super({ code: 'lock_lost', status: 503, message: `The lock ${key} could not be renewed in time.`, cause });
  }
}

/** A reader of a run's stream fell too far behind and was cut; it may attach again after the last id it saw. */
export class StreamReaderTooSlowError extends OperationalError {
  constructor(lagBytes: number) {
    super({
      code: 'stream_reader_too_slow',
      status: 503,
      message: `The stream was cut because its reader fell ${String(lagBytes)} bytes behind. Attach again with the last event id.`,
    });
  }
}

/** Frames of a run's stream are missing; what happened can be rebuilt from the rows of the run. */
export class StreamInterruptedError extends UnavailableError {
  constructor(message: string, cause?: unknown) {
    super('stream_interrupted', message, { cause });
  }
}

/** 400 `unknown_event_id`: a reader names an event that the run never had. */
export class UnknownEventIdError extends UserError {
  constructor({ fence, n }: FramePosition) {
    super({
      code: 'unknown_event_id',
      status: 400,
      message: `This run has no event ${String(fence)}-${String(n)}. Send the id of an event that was received, or none to read the run from its start.`,
    });
  }
}
