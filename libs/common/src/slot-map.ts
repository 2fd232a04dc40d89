import { Slots } from './slots.js';

/**
 * A Map whose entries come and go all the time, by names: its tables hold numbers, the values lie in {@link Slots} and can be collected as soon as
 * they have left. In the order in which the names came, as a Map.
 */
export class SlotMap<V extends object> {
  private readonly places = new Map<string, number>();
  private readonly slots = new Slots<V>();

  get size(): number {
    return this.places.size;
  }

  get(key: string): V | undefined {
    const place = this.places.get(key);
    return place === undefined ? undefined : this.slots.at(place);
  }

  has(key: string): boolean {
    return this.places.has(key);
  }

  set(key: string, value: V): void {
    const place = this.places.get(key);
    if (place === undefined) this.places.set(key, this.slots.add(value));
    else this.slots.replace(place, value);
  }

  /** Answers whether it was there. */
  delete(key: string): boolean {
    const place = this.places.get(key);
    if (place === undefined) return false;
    this.places.delete(key);
    this.slots.remove(place);
    return true;
  }

  keys(): IterableIterator<string> {
    return this.places.keys();
  }

  *values(): Generator<V, undefined> {
    for (const place of this.places.values()) yield this.slots.at(place);
  }

  /** Entries may be deleted meanwhile. */
  *entries(): Generator<[string, V], undefined> {
    for (const [key, place] of this.places) yield [key, this.slots.at(place)];
  }
}
