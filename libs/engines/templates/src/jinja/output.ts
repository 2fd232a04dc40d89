import type { Budget } from './budget.js';
import type { Frame } from './frame.js';
import { escapeHtml, str } from './text.js';
import { Markup, type Value } from './values.js';

/** Where text goes. */
export class Output {
  private readonly pieces: string[] = [];

  constructor(private readonly budget: Budget) {}

  write(text: string): void {
    this.budget.allocate(text.length);
    this.pieces.push(text);
  }

  text(): string {
    return this.pieces.join('');
  }
}

/** A statement, ready to be carried out. */
export type Execute = (frame: Frame, output: Output) => void;

/** What `{{ value }}` puts out. */
export function printed(value: Value, { rendering: { budget, escapes } }: Frame): string {
  const text = str(value, budget);
  return escapes && !(value instanceof Markup) ? budget.made(escapeHtml(text)) : text;
}

/** The text that statements put out, for macros and blocks. */
export function captureOutput(run: Execute, frame: Frame): string {
  const output = new Output(frame.rendering.budget);
  run(frame, output);
  return output.text();
}
