import { emptyUsage } from '#engines/model-runtime';
import type { ChatEvent } from './chat-event.js';
import type { ChatRun } from './chat-run.js';

const PACE_MS = 10;

/** Answers with a fixed text: one event a character, 10 ms apart, for who streams (contract models-agents-tools 7). */
export async function* directOutput(run: ChatRun, text: string): AsyncGenerator<ChatEvent[], void, void> {
  run.usage = emptyUsage();
  if (!run.request.stream) {
    run.answer = text;
    return;
  }
  for (const character of text) {
    run.answer += character;
    yield [{ type: 'message', answer: character }];
    await run.gate.wait(run.ports.sleep(PACE_MS, run.gate.signal));
  }
}
