import type { Rendering } from './rendering.js';
import type { Value } from './values.js';

/** The variables of one scope. */
export class Frame {
  private readonly variables = new Map<string, Value>();

  constructor(
    readonly rendering: Rendering,
    private readonly parent: Frame | null = null,
  ) {}

  /** A scope within this one. */
  child(): Frame {
    return new Frame(this.rendering, this);
  }

  set(name: string, value: Value): void {
    this.variables.set(name, value);
  }

  /** The variable of this or an outer scope; at last what was given to the template, and the functions that every template has. */
  get(name: string): Value {
    const own = this.variables.get(name);
    if (own !== undefined) return own;
    return this.parent ? this.parent.get(name) : this.rendering.given(name);
  }
}
