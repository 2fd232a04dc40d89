interface Entry<V> {
  value: Promise<V>;
  expiresAt: number;
}

/** Results of costly work, kept in this process for a while. A failure is not kept; the least recently used go first. */
export class TtlMemo<V> {
  private readonly entries = new Map<string, Entry<V>>();

  constructor(
    /** Unit: milliseconds. */
    private readonly ttlMs: number,
    private readonly maxEntries: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** The kept result, or what `make` brings; callers of one key share one making. */
  get(key: string, make: () => Promise<V>): Promise<V> {
    const known = this.entries.get(key);
    if (known !== undefined && known.expiresAt > this.now()) {
      this.touch(key, known);
      return known.value;
    }
    this.entries.delete(key);
    const entry = { value: make(), expiresAt: this.now() + this.ttlMs };
    this.entries.set(key, entry);
    entry.value.catch(() => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
    });
    this.trim();
    return entry.value;
  }

  /** How many results are kept. */
  get size(): number {
    return this.entries.size;
  }

  /** The order matters once there is so much that something may have to go. */
  private touch(key: string, entry: Entry<V>): void {
    if (this.entries.size * 2 <= this.maxEntries) return;
    this.entries.delete(key);
    this.entries.set(key, entry);
  }

  private trim(): void {
    for (const [key, entry] of this.entries) {
      if (this.entries.size <= this.maxEntries && entry.expiresAt > this.now()) return;
      this.entries.delete(key);
    }
  }
}
