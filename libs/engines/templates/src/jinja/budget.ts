import { BudgetExceeded } from './py-error.js';

/** Bounds of one rendering. */
export interface TemplateLimits {
  /** Most steps: an expression, a turn of a loop, an element that a filter looks at. */
  steps: number;
  /** Longest time: a step on a long text takes longer than others. Unit: milliseconds. */
  timeMs: number;
  /** Most characters and elements that may be made, thrown away ones included. */
  allocations: number;
  /** Deepest nesting of macro calls and recursive loops. */
  depth: number;
}

/** The bounds where nothing is set: some tenths of a second of work, and some ten megabytes. */
export const DEFAULT_TEMPLATE_LIMITS: Readonly<TemplateLimits> = {
  steps: 2_000_000,
  timeMs: 3000,
  allocations: 16_000_000,
  depth: 200,
};

/** How often the clock is looked at. */
const STEPS_BETWEEN_LOOKS = 64;

/** Counts what a rendering uses. Whoever makes something says how large it will be before making it. */
export class Budget {
  private readonly deadline: number;
  private nextLook = STEPS_BETWEEN_LOOKS;
  private steps = 0;
  private allocations = 0;
  private depth = 0;

  constructor(private readonly limits: TemplateLimits) {
    this.deadline = performance.now() + limits.timeMs;
  }

  /** Takes steps. Throws {@link BudgetExceeded}. */
  step(count = 1): void {
    this.steps += count;
    if (this.steps > this.limits.steps) throw new BudgetExceeded(`The template takes more than ${String(this.limits.steps)} steps`);
    if (this.steps < this.nextLook) return;
    this.nextLook = this.steps + STEPS_BETWEEN_LOOKS;
    if (performance.now() > this.deadline) throw new BudgetExceeded(`The template takes longer than ${String(this.limits.timeMs)} ms`);
  }

  /** Takes room for characters or elements that are about to be made. Throws {@link BudgetExceeded}. */
  allocate(count: number): void {
    this.allocations += count;
    if (!(this.allocations <= this.limits.allocations))
      throw new BudgetExceeded(`The template makes more than ${String(this.limits.allocations)} characters and elements`);
  }

  /** A text just made, paid for. */
  made(text: string): string {
    this.allocate(text.length);
    return text;
  }

  /** Does something one level deeper. */
  nested<T>(work: () => T): T {
    if (this.depth >= this.limits.depth)
      throw new BudgetExceeded(`The template nests calls deeper than ${String(this.limits.depth)} levels`);
    this.depth += 1;
    try {
      return work();
    } finally {
      this.depth -= 1;
    }
  }
}
