import { UnreadableDocumentError } from './extract.errors.js';
import type { ExtractLimits } from './extract-limits.js';

/** A text that grows piece by piece, up to a bound: few bytes of a sheet or a book can say "the same again" very often. */
export class BoundedText {
  private readonly pieces: string[] = [];
  private length = 0;

  constructor(private readonly limits: Pick<ExtractLimits, 'maxTextLength'>) {}

  /** Throws `UnreadableDocumentError` when the text gets too long. */
  add(piece: string): void {
    this.length += piece.length;
    if (this.length > this.limits.maxTextLength)
      throw new UnreadableDocumentError(`it has more than ${this.limits.maxTextLength} characters`);
    this.pieces.push(piece);
  }

  toString(): string {
    return this.pieces.join('');
  }
}
