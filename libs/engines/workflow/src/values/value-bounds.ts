import { isJsonObject } from '#common';
import { Segment } from './segment.js';

/** Lists and objects inside each other in a value of a run. Python's JSON, which Dify renders them with, ends at about 1,000. */
export const MAX_VALUE_DEPTH = 500;
/** Elements and fields of one value, those of lists inside it included. A loop that extends a list by itself would else fill the memory of the process. */
export const MAX_VALUE_PARTS = 1_000_000;
/** Characters of all texts in one value. */
export const MAX_VALUE_CHARACTERS = 64 * 1024 * 1024;

/** In which way a value, or that of a segment, is more than a run can hold and render; undefined: it is not. Parts that stand in it twice count twice. */
export function boundBroken(value: unknown): string | undefined {
  const measured = new Measured();
  measured.add(value instanceof Segment ? value.value : value, 0);
  return measured.broken;
}

class Measured {
  broken: string | undefined;
  private parts = 0;
  private characters = 0;

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
    if (this.parts > MAX_VALUE_PARTS) this.broken ??= `has more than ${MAX_VALUE_PARTS} elements and fields`;
    for (let index = 0; index < items.length && this.broken === undefined; index += 1) this.add(items[index], depth + 1);
  }
}
