import { AbortSwitch } from '#common';
import type { WorkflowPorts } from '../ports/workflow-ports.js';

/** A timer that is to wait longer fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Watches how long a run takes. */
export class TimeLimit {
  private alarm: AbortSwitch | undefined;

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
    this.alarm = new AbortSwitch();
    const left = Math.max(0, startedAt + this.maxSeconds * 1000 - this.ports.clock.now()) + 1;
    this.ports.sleep(Math.min(left, LONGEST_MS), this.alarm).then(
      () => {
        if (left <= LONGEST_MS) {
          this.end(startedAt);
          return;
        }
        this.alarm = undefined;
        this.watch(startedAt);
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
