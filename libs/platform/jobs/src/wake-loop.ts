/** The longest time a timer of Node can wait. Unit: milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Wake-up times are rounded up to this, so that many of them are few. Unit: milliseconds. */
const GRAIN_MS = 10;
/** Wake-up times remembered; beyond, a poll has to do. */
const MOST_TIMES = 1000;

/** Does a piece of work when woken, one at a time; a wake-up during the work makes it run once more. */
export class WakeLoop {
  private running: Promise<void> | null = null;
  private again = false;
  private isStopped = false;
  private readonly times = new Set<number>();
  private restsUntil = Infinity;
  private timer: NodeJS.Timeout | undefined;
  private timerAt = Infinity;

  constructor(
    private readonly work: () => Promise<void>,
    private readonly failed: (error: unknown) => void,
  ) {}

  wake(): void {
    if (this.isStopped) return;
    if (this.running !== null) {
      this.again = true;
      return;
    }
    this.running = this.loop().finally(() => {
      this.running = null;
    });
  }

  /** Wakes after a time; several times may be set. */
  wakeIn(ms: number): void {
    if (this.isStopped || this.times.size >= MOST_TIMES) return;
    this.times.add(Math.ceil((Date.now() + ms) / GRAIN_MS) * GRAIN_MS);
    this.setTimer();
  }

  /** Wakes after a time unless it is set anew before: the pace of a poll. */
  restFor(ms: number): void {
    if (this.isStopped) return;
    this.restsUntil = Date.now() + ms;
    this.setTimer();
  }

  /** Does nothing more; resolves when the work under way has ended. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private setTimer(): void {
    const next = Math.min(this.restsUntil, ...this.times);
    if (next === this.timerAt) return;
    clearTimeout(this.timer);
    this.timerAt = next;
    if (next === Infinity) return;
    this.timer = setTimeout(() => this.ring(), Math.min(Math.max(0, next - Date.now()), LONGEST_TIMER_MS)).unref();
  }

  private ring(): void {
    const now = Date.now();
    for (const time of this.times) if (time <= now) this.times.delete(time);
    if (this.restsUntil <= now) this.restsUntil = Infinity;
    this.timerAt = Infinity;
    this.setTimer();
    this.wake();
  }

  private async loop(): Promise<void> {
    do {
      this.again = false;
      try {
        await this.work();
      } catch (error) {
        this.failed(error);
      }
    } while (this.isAgain());
  }

  private isAgain(): boolean {
    return this.again && !this.isStopped;
  }
}
