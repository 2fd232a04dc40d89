/** Lets one waiter sleep until it is woken; a wake-up while nobody sleeps is remembered. */
export class Wakeup {
  private isPending = false;
  private rise: (() => void) | null = null;

  wake(): void {
    this.isPending = true;
    this.rise?.();
  }

  /** Resolves when woken, after the time, or when the signal fires. */
  async wait(ms: number, signal?: AbortSignal): Promise<void> {
    if (!this.isPending && signal?.aborted !== true) {
      await new Promise<void>((resolve) => {
        const rise = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', rise);
          this.rise = null;
          resolve();
        };
        const timer = setTimeout(rise, ms);
        this.rise = rise;
        signal?.addEventListener('abort', rise);
      });
    }
    this.isPending = false;
  }
}
