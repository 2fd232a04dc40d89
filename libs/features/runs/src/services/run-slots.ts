import { TooManyRunsError } from '../runs.errors.js';

/** A bounded number of places with a bounded wait for one. */
export class RunSlots {
  private taken = 0;
  private readonly waiting: { give: () => void }[] = [];

  constructor(
    private readonly limit: number,
    private readonly waitMs: number,
  ) {}

  /** Takes a place; the returned function gives it back (once). Throws {@link TooManyRunsError} after the wait. */
  async enter(): Promise<() => void> {
    if (this.taken < this.limit) this.taken += 1;
    else await this.queue();
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const next = this.waiting.shift();
      if (next) next.give();
      else this.taken -= 1;
    };
  }

  private queue(): Promise<void> {
    // More waiting than running would only make everybody late.
    if (this.waiting.length >= this.limit) throw new TooManyRunsError();
    return new Promise((resolve, reject) => {
      const place = {
        give: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(place), 1);
        reject(new TooManyRunsError());
      }, this.waitMs);
      this.waiting.push(place);
    });
  }
}
