import type { WorkflowEvent } from './events.js';

/** Events on their way from the run to whoever reads them. The reader's pace does not hold the run up. */
export class EventQueue implements AsyncIterator<WorkflowEvent> {
  private events: WorkflowEvent[] = [];
  private next_ = 0;
  private isClosed = false;
  private error: unknown;
  private waiting: { resolve(result: IteratorResult<WorkflowEvent>): void; reject(error: unknown): void } | undefined;

  constructor(private readonly onLeave: () => void) {}

  push(event: WorkflowEvent): void {
    if (this.waiting === undefined) {
      this.events.push(event);
      return;
    }
    const reader = this.waiting;
    this.waiting = undefined;
    reader.resolve({ value: event, done: false });
  }

  /** No more events. With an error, the reader gets it after the events that came before. */
  close(error?: unknown): void {
    this.isClosed = true;
    this.error = error;
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting === undefined) return;
    if (error === undefined) waiting.resolve({ value: undefined, done: true });
    else waiting.reject(error);
  }

  next(): Promise<IteratorResult<WorkflowEvent>> {
    const event = this.events[this.next_];
    if (event !== undefined) {
      this.next_ += 1;
      if (this.next_ === this.events.length) {
        this.events = [];
        this.next_ = 0;
      }
      return Promise.resolve({ value: event, done: false });
    }
    if (this.isClosed) return this.error === undefined ? Promise.resolve({ value: undefined, done: true }) : this.rejectOnce();
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
    });
  }

  /** The reader left its loop. */
  return(): Promise<IteratorResult<WorkflowEvent>> {
    this.onLeave();
    return Promise.resolve({ value: undefined, done: true });
  }

  private rejectOnce(): Promise<never> {
    const { error } = this;
    this.error = undefined;
    return Promise.reject(error instanceof Error ? error : new Error('The run broke down.', { cause: error }));
  }
}
