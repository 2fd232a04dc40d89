/** Why a run was ended from outside: by the user, by its time limit, because the process goes down. */
export const STOP_CAUSES = ['stopped', 'time_limit', 'shutdown'] as const;
export type StopCause = (typeof STOP_CAUSES)[number];

/** Ends a run's steps; it never leaves the pipeline. */
export class RunStopped extends Error {
  constructor(readonly stopCause: StopCause) {
    super(`The run was ended: ${stopCause}`);
    this.name = new.target.name;
  }
}

/** Reads the reason of an aborted signal: one of `STOP_CAUSES`; a time-out is the time limit; anything else is a stop. */
export function stopCauseOf(reason: unknown): StopCause {
  const named = STOP_CAUSES.find((cause) => cause === reason);
  if (named !== undefined) return named;
  return reason instanceof Error && reason.name === 'TimeoutError' ? 'time_limit' : 'stopped';
}

/**
 * Waits for one thing at a time, and no longer than until the signal fires, also when that thing never settles. One listener for a
 * whole run: waiting costs one promise.
 */
export class StopGate {
  private interrupt: ((error: RunStopped) => void) | null = null;
  private readonly onAbort = (): void => this.interrupt?.(this.stopped());

  constructor(readonly signal: AbortSignal) {
    signal.addEventListener('abort', this.onAbort, { once: true });
  }

  /** Rejects with `RunStopped` once the signal has fired, whatever became of the work. */
  wait<T>(work: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.interrupt = reject;
      work.then(
        (value) => (this.signal.aborted ? reject(this.stopped()) : resolve(value)),
        (error: unknown) => reject(this.signal.aborted ? this.stopped() : (error as Error)),
      );
      if (this.signal.aborted) reject(this.stopped());
    });
  }

  /** Throws `RunStopped` when the signal has fired. */
  check(): void {
    if (this.signal.aborted) throw this.stopped();
  }

  close(): void {
    this.interrupt = null;
    this.signal.removeEventListener('abort', this.onAbort);
  }

  private stopped(): RunStopped {
    return new RunStopped(stopCauseOf(this.signal.reason));
  }
}
