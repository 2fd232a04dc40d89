import { isJsonObject } from '#common';
import { Segment } from './segment.js';

/** Lists and objects inside each other in a value of a run. Python's JSON, which Dify renders them with, ends at about 1,000. */
export const MAX_VALUE_DEPTH = 500;
/** Elements and fields of one value, those of lists inside it included. A loop that extends a list by itself would else fill the memory of the process. */
export const MAX_VALUE_PARTS = 1_000_000;
/** Characters of all texts in one value. */
export const MAX_VALUE_CHARACTERS = 64 * 1024 * 1024;
/** What an element or a field takes beside its texts, in characters. */
const PART_SIZE = 8;

/** How large a value, or that of a segment, is, and in which way it is more than a run can hold and render. Parts that stand in it twice count twice. */
export function measured(value: unknown, maxParts = MAX_VALUE_PARTS): Measured {
  const measure = new Measured(maxParts);
  measure.add(value instanceof Segment ? value.value : value, 0);
  return measure;
}

/** Of a value. Where it is too large, only as far as was looked. */
export class Measured {
  /** In which way the value is too deep or too large; undefined: it is not. */
  broken: string | undefined;
  private parts = 0;
  private characters = 0;

  constructor(private readonly maxParts: number) {}

  /** Characters of all texts; an element or a field counts as eight. */
  get size(): number {
    return this.characters + PART_SIZE * this.parts;
  }

  add(value: unknown, depth: number): void {
    if (typeof value === 'string') this.addText(value);
    else if (Array.isArray(value)) this.addParts(value, depth);
    else if (isJsonObject(value)) {
      for (const name of Object.keys(value)) this.addText(name);
      this.addParts(Object.values(value), depth);
    }
  }

  private addText(text: string): void {
    this.characters += text.length;
    if (this.characters > MAX_VALUE_CHARACTERS) this.broken ??= `has more than ${MAX_VALUE_CHARACTERS} characters`;
  }

  private addParts(items: readonly unknown[], depth: number): void {
    this.parts += items.length;
    if (depth === MAX_VALUE_DEPTH) this.broken ??= `is nested deeper than ${MAX_VALUE_DEPTH} levels`;
    if (this.parts > this.maxParts) this.broken ??= `has more than ${this.maxParts} elements and fields`;
    for (let index = 0; index < items.length && this.broken === undefined; index += 1) this.add(items[index], depth + 1);
  }
}
