import type { RunningWorkflow } from '../engine.js';
import { tell, type Told } from './workflow.harness.js';

/** A run that has not ended after so many milliseconds hangs. */
const PATIENCE = 10_000;

/** What must not depend on scheduling, crashes or the process: how a run ended, and with what. */
export function essenceOf({ end }: Pick<Told, 'end'>): Record<string, unknown> {
  // Which of several failures comes first is a matter of time.
  if (end.type === 'run_failed') return { type: end.type };
  const { answer = '', ...outputs } = end.outputs;
  const { type, exceptionsCount, totalTokens, steps } = end;
  // So is the order of answers in branches that know nothing of each other; those of random graphs begin with `<`.
  return { type, exceptionsCount, totalTokens, steps, outputs: { ...outputs, answer: String(answer).split(/(?=<)/).sort() } };
}

/** The same with the error, for runs in which only one thing can fail. */
export function outcomeOf(told: Pick<Told, 'end'>): Record<string, unknown> {
  const { end } = told;
  return end.type === 'run_failed' ? { ...essenceOf(told), error: end.error, errorType: end.errorType } : essenceOf(told);
}

/** Reads a run to its end; fails when it hangs, and says which. */
export async function tellInTime(run: RunningWorkflow, name: string): Promise<Told> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`The run ${name} hangs.`));
    }, PATIENCE);
  });
  try {
    return await Promise.race([tell(run), late]);
  } finally {
    clearTimeout(timer);
  }
}
