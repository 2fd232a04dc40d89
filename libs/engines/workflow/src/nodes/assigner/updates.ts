import type { Selector } from '../../pool/selector.js';
import type { PoolReader } from '../../pool/variable-pool.js';
import { exposedType } from '../../values/segment-type.js';
import type { Segment } from '../../values/segment.js';
import type { VariableUpdate } from '../node-result.js';

/** What an assigner writes, item by item: later items read what earlier ones wrote. */
export class Updates implements PoolReader {
  private readonly written = new Map<string, VariableUpdate>();

  constructor(private readonly pool: PoolReader) {}

  get(selector: Selector): Segment | undefined {
    return this.written.get(keyOf(selector))?.segment ?? this.pool.get(selector);
  }

  set(selector: Selector, segment: Segment): void {
    const key = keyOf(selector);
    // Written again, it counts as written last.
    this.written.delete(key);
    this.written.set(key, { selector: selector.slice(0, 2), segment });
  }

  get list(): VariableUpdate[] {
    return [...this.written.values()];
  }

  /** As the process data show the variables that were changed. */
  get shown(): Record<string, unknown>[] {
    return this.list.map(({ selector, segment }) => ({
      name: selector[1],
      selector,
      value_type: shownType(segment),
      new_value: segment.value,
    }));
  }
}

function keyOf(selector: Selector): string {
  return `${String(selector[0])}\u0000${String(selector[1])}`;
}

/** Numbers keep their kind here, as the recorded runs have it. */
function shownType(segment: Segment): string {
  return segment.type === 'integer' || segment.type === 'float' ? segment.type : exposedType(segment.type);
}
