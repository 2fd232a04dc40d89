import type { WorkflowPorts } from '../ports/workflow-ports.js';

/** Watches how long a run takes. */
export class TimeLimit {
  private alarm: AbortController | undefined;

  constructor(
    private readonly ports: Pick<WorkflowPorts, 'clock' | 'sleep'>,
    private readonly maxSeconds: number,
    private readonly onOver: (reason: string) => void,
  ) {}

  isOver(startedAt: number, moment: number): boolean {
    return moment - startedAt > this.maxSeconds * 1000;
  }

  /** Sets the alarm, once: nodes at work do not look at the clock. */
  watch(startedAt: number): void {
    if (this.alarm !== undefined) return;
    this.alarm = new AbortController();
    const left = startedAt + this.maxSeconds * 1000 - this.ports.clock.now();
    this.ports.sleep(Math.max(0, left) + 1, this.alarm.signal).then(
      () => {
        this.end(startedAt);
      },
      () => undefined,
    );
  }

  end(startedAt: number): void {
    const seconds = (this.ports.clock.now() - startedAt) / 1000;
    this.onOver(`Aborted: Maximum execution time exceeded: ${seconds.toFixed(2)}s > ${this.maxSeconds}s`);
  }

  stop(): void {
    this.alarm?.abort();
  }
}
