const SENTENCE_ENDS = /[。.!?]/g;
const FEWEST = 2;
const MOST = 7;

/**
 * Cuts an answer that is still being written into texts worth speaking: at least two whole sentences at first, one more each time,
 * up to seven (contract models-agents-tools 15).
 */
export class SentenceCutter {
  private text = '';
  private sentences = 0;
  private end = 0;
  private wanted = FEWEST;

  /** Takes a piece of the answer; returns what can be spoken by now, null when that is too little. */
  push(piece: string): string | null {
    const offset = this.text.length;
    this.text += piece;
    for (const { index } of piece.matchAll(SENTENCE_ENDS)) {
      this.sentences += 1;
      this.end = offset + index + 1;
    }
    if (this.sentences < this.wanted) return null;
    this.wanted = Math.min(this.wanted + 1, MOST);
    return this.take(this.end);
  }

  /** What is left when the answer is over; null when there is nothing to say. */
  rest(): string | null {
    return this.take(this.text.length);
  }

  private take(end: number): string | null {
    const taken = this.text.slice(0, end);
    this.text = this.text.slice(end);
    this.sentences = 0;
    this.end = 0;
    return taken.trim() === '' ? null : taken;
  }
}
