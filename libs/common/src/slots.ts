/**
 * A bag of things that come and go all the time. Like a Set, but what has left can be collected at once: a Set of V8 that is rewritten
 * leaves its old table pointing to its new one, so that one old table which a minor collection has moved to the old generation keeps alive
 * everything that ever passes through its successors, until a full collection comes (ADR 0016).
 */
export class Slots<T> implements Iterable<T> {
  private readonly items: (T | undefined)[] = [];
  private readonly free: number[] = [];

  /** How many there are. */
  get size(): number {
    return this.items.length - this.free.length;
  }

  /** Takes something in and answers where it is. */
  add(item: T): number {
    const slot = this.free.pop() ?? this.items.length;
    this.items[slot] = item;
    return slot;
  }

  /** What is at a place that is taken. */
  at(slot: number): T {
    return this.items[slot] as T;
  }

  /** Puts something else at a place that is taken. */
  replace(slot: number, item: T): void {
    this.items[slot] = item;
  }

  /** Gives back a place that is taken. */
  remove(slot: number): void {
    this.items[slot] = undefined;
    this.free.push(slot);
  }

  /** In no particular order; what is added or removed meanwhile may or may not be seen. */
  *[Symbol.iterator](): Generator<T, undefined> {
    for (const item of this.items) if (item !== undefined) yield item;
  }
}
