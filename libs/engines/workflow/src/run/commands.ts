import type { Selector } from '../pool/selector.js';
import type { Segment } from '../values/segment.js';

/** What can be asked of a run while it runs. */
export type RunCommand =
  /** Ends it: `run_aborted`. */
  | { type: 'stop'; reason: string }
  /** Lets running nodes end, then `run_paused`. */
  | { type: 'pause'; reason: string }
  | { type: 'set_variable'; selector: Selector; segment: Segment }
  /** A form of a human-input node was filled in; the node looks again. */
  | { type: 'submit_form'; nodeId: string };

/** Carries commands into a run; they are taken between two steps. Commands sent before the run starts are taken at its start. */
export class CommandChannel {
  private readonly waiting: RunCommand[] = [];
  private listener: (() => void) | undefined;

  send(command: RunCommand): void {
    this.waiting.push(command);
    this.listener?.();
  }

  /** Takes what has come; undefined when there is nothing. */
  take(): RunCommand | undefined {
    return this.waiting.shift();
  }

  /** The run that listens; one at a time. */
  onCommand(listener: (() => void) | undefined): void {
    this.listener = listener;
  }
}
