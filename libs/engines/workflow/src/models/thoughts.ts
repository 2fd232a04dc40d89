const OPEN = /<think[^<>]*>/gi;
const CLOSE = /<\/think>/gi;

/** An answer, and what the model thought on the way to it. */
export interface SplitAnswer {
  readonly text: string;
  readonly thoughts: readonly string[];
}

/** Takes the `<think>` blocks out of an answer. One that is not closed is no block. Time grows with the length alone. */
export function takeThoughts(answer: string): SplitAnswer {
  const thoughts: string[] = [];
  let text = '';
  let from = 0;
  for (;;) {
    OPEN.lastIndex = from;
    const open = OPEN.exec(answer);
    if (open === null) break;
    CLOSE.lastIndex = OPEN.lastIndex;
    const close = CLOSE.exec(answer);
    if (close === null) break;
    text += answer.slice(from, open.index);
    thoughts.push(answer.slice(open.index + open[0].length, close.index).trim());
    from = CLOSE.lastIndex;
  }
  return { text: text + answer.slice(from), thoughts };
}

/** `separated` reasoning: the answer without its thoughts, tidied, and the thoughts as one text (contract workflow-engine 7.4). */
export function separateReasoning(answer: string): { text: string; reasoning: string } {
  const { text, thoughts } = takeThoughts(answer);
  return { text: text.replaceAll(/\n\s*\n/g, '\n\n').trim(), reasoning: thoughts.join('\n') };
}
