import { Segment } from '../values/segment.js';
import { measured } from '../values/value-bounds.js';
import type { RunState } from './run-state.js';

/**
 * Watches how much the values of a run hold together. What nodes put out is added up; only when that sum passes the limit all that is still held is measured, and the
 * sum begins anew from there: values that were overwritten, and those of rounds that have ended, are gone by then.
 */
export class HeldValues {
  /** At least what is held. The start node puts out what a run begins with. */
  private atMost = 0;

  constructor(
    private readonly state: RunState,
    /** Characters; an element or a field counts as eight. */
    private readonly limit: number,
  ) {}

  /** What is said when there is no room. */
  get refusal(): string {
    return `The values of the run hold more than ${this.limit} characters (WORKFLOW_MAX_VALUES_SIZE).`;
  }

  /** The run goes on with what another process held. */
  resumed(): void {
    this.atMost = Infinity;
  }

  /** Whether values of this size have room beside the others; they are held from here on if so. */
  take(size: number): boolean {
    if (this.atMost + size > this.limit) this.atMost = heldBy(this.state);
    if (this.atMost + size > this.limit) return false;
    this.atMost += size;
    return true;
  }
}

/** The size of all variables, of what rounds have come to so far and of the outputs; what is there twice is counted once where that is cheap to see. */
function heldBy({ frames }: RunState): number {
  const seen = new Set<unknown>();
  let size = 0;
  const add = (value: unknown): void => {
    const held = value instanceof Segment ? value.value : value;
    if (typeof held === 'object' && held !== null) {
      if (seen.has(held)) return;
      seen.add(held);
    }
    // Lists that containers gather may be longer than what one node puts out.
    size += measured(held, Infinity).size;
  };
  for (const { pool, containers, outputs } of frames.values()) {
    for (const segment of pool.segments(seen)) add(segment);
    for (const { state } of containers.values()) Object.values(state).forEach(add);
    Object.values(outputs).forEach(add);
  }
  return size;
}
