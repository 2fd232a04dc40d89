import { type FramePosition, isAfter, type StreamFrame } from './stream-frame.js';
import type { FrameBatch } from './run-streams.port.js';

/**
 * Frames that were pushed together: one text, and how long each frame in it is. Held so, a frame costs a number, and what all of them
 * weigh is moved as one. Batches of a run are linked; readers hold on to their place, and what nobody holds is freed.
 */
export class Batch implements FrameBatch {
  next: Batch | null = null;

  constructor(
    readonly fence: number,
    /** Number of the first frame. */
    readonly firstN: number,
    readonly text: string,
    /** Unit: UTF-16 units, as `length` counts. */
    readonly lengths: readonly number[],
    /** Size in UTF-8. */
    readonly bytes: number,
  ) {}

  /** Puts frames together. */
  static of(fence: number, firstN: number, texts: readonly string[]): Batch {
    const lengths = texts.map((text) => text.length);
    const text = texts.length === 1 ? (texts[0] as string) : texts.join('');
    return new Batch(fence, firstN, text, lengths, Buffer.byteLength(text));
  }

  /** The mark before the first batch of a run. */
  static none(): Batch {
    return new Batch(0, 1, '', [], 0);
  }

  get size(): number {
    return this.lengths.length;
  }

  /** Place of the last frame; before the first batch a place before all. */
  get last(): FramePosition {
    return { fence: this.fence, n: this.firstN + this.lengths.length - 1 };
  }

  /** What of it comes after a place: all, a part in a batch of its own, or null for nothing. */
  after(place: FramePosition): Batch | null {
    if (isAfter({ fence: this.fence, n: this.firstN }, place)) return this;
    if (!isAfter(this.last, place)) return null;
    const skipped = place.n - this.firstN + 1;
    const text = this.text.slice(this.lengths.slice(0, skipped).reduce((sum, length) => sum + length, 0));
    return new Batch(this.fence, place.n + 1, text, this.lengths.slice(skipped), Buffer.byteLength(text));
  }

  *[Symbol.iterator](): Generator<StreamFrame, undefined> {
    let from = 0;
    let n = this.firstN;
    for (const length of this.lengths) {
      yield { id: `${String(this.fence)}-${String(n)}`, text: this.text.slice(from, from + length) };
      from += length;
      n += 1;
    }
  }
}

/** Batches that are read as one. */
export function joined(batches: readonly Batch[]): FrameBatch {
  const [first] = batches;
  if (batches.length === 1 && first) return first;
  return {
    text: batches.map((batch) => batch.text).join(''),
    *[Symbol.iterator]() {
      for (const batch of batches) yield* batch;
    },
  };
}
