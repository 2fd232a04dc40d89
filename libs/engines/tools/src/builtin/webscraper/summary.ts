import type { PageSummarizer } from '../../ports/page-summarizer.port.js';

/** Characters that a model is given at once: well within the smallest context in use. */
const PIECE = 12_000;
/** Rounds of summing up sums; then what is there is taken. */
const ROUNDS = 3;

const TASK =
  'Sum up the text of a web page that the user gives you. Keep names, numbers and dates. Write in the language of the text. Answer with the summary alone.';

/** Sums up a text, a long one piece by piece. Rejects with what the model says. */
export async function summarize(text: string, model: PageSummarizer, signal: AbortSignal): Promise<string> {
  let rest = text;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const pieces = piecesOf(rest);
    const sums: string[] = [];
    for (const piece of pieces) {
      signal.throwIfAborted();
      const messages = [
        { role: 'system' as const, content: TASK },
        { role: 'user' as const, content: piece },
      ];
      sums.push((await model.ask(messages, signal)).trim());
    }
    rest = sums.join('\n\n');
    if (pieces.length === 1) break;
  }
  return rest;
}

/** Cut at the last line's end before the limit, where there is one. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > PIECE) {
    const end = rest.lastIndexOf('\n', PIECE);
    const at = end > PIECE / 2 ? end : PIECE;
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...pieces, rest];
}
