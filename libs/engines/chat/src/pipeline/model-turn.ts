import type { LlmChunk } from '#engines/model-runtime';
import type { AssembledPrompt } from '../prompt/assemble-prompt.js';
import { fitMaxTokens } from '../prompt/max-tokens.js';
import type { ChatEvent, EndReason } from './chat-event.js';
import type { ChatModelCall } from './chat-ports.js';
import type { ChatRun } from './chat-run.js';
import { OutputFinding } from './output-moderator.js';
import type { OutputModerator } from './output-moderator.js';

/**
 * Asks the model and passes on what it writes: one array of events for each array of chunks. Returns why the model's turn was over.
 * An agent's rounds take the place of this function.
 */
export async function* modelTurn(
  run: ChatRun,
  prompt: AssembledPrompt,
  moderator: OutputModerator | null,
): AsyncGenerator<ChatEvent[], EndReason, void> {
  const chunks = run.ports.model.invoke(await callOf(run, prompt))[Symbol.asyncIterator]();
  const { gate } = run;
  const { stream } = run.request;
  let isOpen = true;
  try {
    let reading: Promise<IteratorResult<LlmChunk[]>> | null = null;
    for (;;) {
      gate.check();
      reading ??= chunks.next();
      const outcome = await gate.wait<OutputFinding | IteratorResult<LlmChunk[]>>(
        moderator?.pending ? Promise.race([moderator.pending, reading]) : reading,
      );
      if (outcome instanceof OutputFinding) {
        const before = run.answer;
        const reason = applyFinding(run, outcome);
        moderator?.settled(run.answer);
        if (stream && run.answer !== before) yield [{ type: 'message_replace', answer: run.answer, reason: '' }];
        if (reason !== null) return reason;
        continue;
      }
      if (outcome.done) {
        isOpen = false;
        return 'finished';
      }
      reading = null;
      const events = absorb(run, outcome.value, stream);
      moderator?.observe(run.answer);
      if (events.length > 0) yield events;
    }
  } finally {
    if (isOpen) closeQuietly(chunks);
  }
}

async function callOf(run: ChatRun, prompt: AssembledPrompt): Promise<ChatModelCall> {
  const { config, stream, user } = run.request;
  const { model, tokens } = run.ports;
  const promptTokens = tokens === undefined ? 0 : await run.gate.wait(tokens.count(prompt.messages));
  return {
    messages: prompt.messages,
    parameters: fitMaxTokens(model.schema, config.model.parameters, promptTokens),
    ...(prompt.stop !== null && prompt.stop.length > 0 && { stop: prompt.stop }),
    stream,
    signal: run.gate.signal,
    ...(user !== undefined && { user }),
  };
}

/** The hot path: text is appended, events are made only for who streams. The last chunk is passed on even when it is empty. */
function absorb(run: ChatRun, batch: readonly LlmChunk[], stream: boolean): ChatEvent[] {
  const events: ChatEvent[] = [];
  for (const chunk of batch) {
    run.answer += chunk.text;
    if (chunk.usage !== undefined) {
      run.usage = chunk.usage;
      run.usageEstimated = chunk.usageEstimated ?? false;
    }
    if (stream && (chunk.text !== '' || chunk.usage !== undefined)) events.push({ type: 'message', answer: chunk.text });
  }
  return events;
}

/** Puts the safe text in place of the answer. A preset ends the turn; other text is followed by what came meanwhile. */
export function applyFinding(run: ChatRun, { verdict, length }: OutputFinding): 'output_moderation' | null {
  if (!verdict.flagged) return null;
  if (verdict.action === 'overridden') {
    run.answer = verdict.text + run.answer.slice(length);
    return null;
  }
  run.answer = verdict.presetResponse;
  return 'output_moderation';
}

/** Closes the connection to the model without waiting for it. */
function closeQuietly(chunks: AsyncIterator<LlmChunk[]>): void {
  chunks.return?.().catch(() => undefined);
}
