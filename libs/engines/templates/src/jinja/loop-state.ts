import type { Budget } from './budget.js';
import { isEqual } from './operators.js';
import { typeError } from './py-error.js';
import { Callable, orUndefined, Thing, type Arguments, type Value } from './values.js';

/** What `loop` tells within a loop. */
export class LoopState {
  /** Index of the turn. */
  at = 0;
  /** The variable `loop`. */
  readonly value: Thing;
  private lastSeen: readonly Value[] | null = null;

  constructor(
    private readonly items: readonly Value[],
    private readonly depth: number,
    private readonly budget: Budget,
    recurse: ((series: Value) => Value) | undefined,
  ) {
    const call = ({ positional: [series] }: Arguments): Value => {
      if (!recurse) throw typeError("The loop must have the 'recursive' marker to be called recursively.");
      return recurse(orUndefined(series, 'loop() needs a series'));
    };
    this.value = new Thing('LoopContext', (name) => this.attribute(name), undefined, call);
  }

  private attribute(name: string): Value | undefined {
    const { at, items } = this;
    switch (name) {
      case 'index':
        return at + 1;
      case 'index0':
        return at;
      case 'revindex':
        return items.length - at;
      case 'revindex0':
        return items.length - at - 1;
      case 'first':
        return at === 0;
      case 'last':
        return at === items.length - 1;
      case 'length':
        return items.length;
      case 'depth':
        return this.depth + 1;
      case 'depth0':
        return this.depth;
      case 'previtem':
        return orUndefined(items[at - 1], 'there is no previous item');
      case 'nextitem':
        return orUndefined(items[at + 1], 'there is no next item');
      case 'cycle':
        return new Callable(name, ({ positional }) => this.cycle(positional));
      case 'changed':
        return new Callable(name, ({ positional }) => this.changed(positional));
      default:
        return undefined;
    }
  }

  private cycle(values: readonly Value[]): Value {
    if (values.length === 0) throw typeError('no items for cycling given');
    return values[this.at % values.length] as Value;
  }

  private changed(values: readonly Value[]): boolean {
    const before = this.lastSeen;
    this.lastSeen = values;
    return before?.length !== values.length || !values.every((value, i) => isEqual(value, before[i] as Value, this.budget));
  }
}
