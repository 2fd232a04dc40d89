import { AbortSwitch } from './abort-switch.js';

/** What an {@link AbortScope} follows, and how long it lasts. */
export interface AbortScopeOptions {
  /** Signals whose firing fires the scope, with their reason. Holes are passed over. */
  follow?: readonly (AbortSignal | undefined)[];
  /** Time until the scope fires by itself. Unit: milliseconds. Default: no limit. The timer does not keep the process alive. */
  afterMs?: number;
  /** The reason when the time is over. Default: a `TimeoutError`, as `AbortSignal.timeout` has it. */
  reason?: () => Error;
}

/**
 * A signal for one piece of work that follows other signals and may have a time limit; `end()` when the work is over.
 *
 * In place of `AbortSignal.any` and `AbortSignal.timeout`: under Node 20 a time-out that only a composed signal follows is collected
 * and never fires, and a composed signal with a listener is held until a source fires, which a long-lived source never does.
 *
 * @example
 * const scope = new AbortScope({ follow: [stopping], afterMs: 60_000 });
 * try { await work(scope.signal); } finally { scope.end(); }
 */
export class AbortScope {
  private readonly fired = new AbortSwitch();
  private readonly followed: AbortSignal[] = [];
  private readonly timer: NodeJS.Timeout | undefined;

  constructor({ follow = [], afterMs, reason = timeoutError }: AbortScopeOptions) {
    for (const source of follow) {
      if (source === undefined) continue;
      if (source.aborted) {
        this.abort(source.reason);
        return;
      }
      source.addEventListener('abort', this.onAbort);
      this.followed.push(source);
    }
    if (afterMs !== undefined) this.timer = setTimeout(() => this.abort(reason()), afterMs).unref();
  }

  /** Fires when a followed signal fires, the time is over, or `abort` is called; after `end()` only by `abort`. */
  get signal(): AbortSignal {
    return this.fired;
  }

  /** Fires the signal. Only the first reason counts. */
  abort(reason?: unknown): void {
    this.end();
    this.fired.abort(reason);
  }

  /** The work is over: the timer stops and the followed signals forget this one. May be called again. */
  end(): void {
    clearTimeout(this.timer);
    for (const source of this.followed) source.removeEventListener('abort', this.onAbort);
    this.followed.length = 0;
  }

  private readonly onAbort = (event: Event): void => this.abort((event.target as AbortSignal).reason);
}

function timeoutError(): Error {
  return new DOMException('The operation was aborted due to timeout', 'TimeoutError');
}
