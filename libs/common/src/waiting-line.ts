interface Waiter<T> {
  take(thing: T): void;
  refuse(reason: Error): void;
}

/** How long somebody waits, and what he is told then. */
export interface Patience {
  /** Unit: milliseconds. */
  ms: number;
  refusal: () => Error;
}

/** Why a signal fired, as an error. */
export function abortError({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

/** Those who wait for one of a few things, first come, first served. */
export class WaitingLine<T> {
  private readonly waiters: Waiter<T>[] = [];

  get length(): number {
    return this.waiters.length;
  }

  /** Waits for a turn. Rejects with the signal's reason when it fires before, when patience is at its end, or as {@link refuseAll} says. */
  wait(signal?: AbortSignal, patience?: Patience): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        this.waiters.splice(this.waiters.indexOf(waiter), 1);
      };
      const waiter: Waiter<T> = {
        take: (thing) => {
          leave();
          resolve(thing);
        },
        refuse: (reason) => {
          leave();
          reject(reason);
        },
      };
      const giveUp = (): void => waiter.refuse(abortError(signal as AbortSignal));
      const timer = patience && setTimeout(() => waiter.refuse(patience.refusal()), patience.ms);
      signal?.addEventListener('abort', giveUp, { once: true });
      this.waiters.push(waiter);
    });
  }

  /** Gives a thing to whoever came first. False when nobody waits. */
  serve(thing: T): boolean {
    const [first] = this.waiters;
    first?.take(thing);
    return first !== undefined;
  }

  /** Sends all away. */
  refuseAll(reason: Error): void {
    for (const waiter of [...this.waiters]) waiter.refuse(reason);
  }
}
