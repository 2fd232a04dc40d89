import type { ChatEvent, EndReason } from './chat-event.js';
import type { ChatPorts } from './chat-ports.js';
import { ChatRun } from './chat-run.js';
import type { ChatRunRequest } from './chat-run.request.js';
import { directOutput } from './direct-output.js';
import { endOf, failureOf } from './finish.js';
import { applyFinding, modelTurn } from './model-turn.js';
import { OutputModerator } from './output-moderator.js';
import { prepare } from './prepare.js';
import { RunStopped } from './stop.js';

/**
 * Runs one turn of a chat or completion app (contract models-agents-tools 7). Yields events in arrays as they come, never an empty
 * one; the last event is `end` or `error`, so the iteration itself does not reject. Abort the signal with one of `STOP_CAUSES` to end
 * it: what was written until then is kept, and the last event is an `end` with that reason.
 */
export async function* runChat(request: ChatRunRequest, ports: ChatPorts, signal: AbortSignal): AsyncGenerator<ChatEvent[], void, void> {
  const run = new ChatRun(request, ports, signal);
  const moderator = outputModerator(run);
  let isModelTurn = false;
  try {
    run.gate.check();
    const next = await run.gate.wait(prepare(run));
    if (request.stream && next.events.length > 0) yield next.events;
    if (next.kind === 'direct') {
      yield* directOutput(run, next.text);
      yield [await endOf(run, next.reason)];
      return;
    }
    isModelTurn = true;
    const reason = yield* modelTurn(run, next.prompt, moderator);
    yield await conclude(run, moderator, reason);
  } catch (error) {
    yield await lastWords(run, isModelTurn ? moderator : null, error);
  } finally {
    run.gate.close();
  }
}

function outputModerator({ request, ports }: ChatRun): OutputModerator | null {
  const config = request.config.moderation;
  return config !== null && config.outputs && ports.moderation !== undefined ? new OutputModerator(ports.moderation, config) : null;
}

/** The end, after a last look at the whole answer where somebody moderates it. */
async function conclude(run: ChatRun, moderator: OutputModerator | null, reason: EndReason): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  if (moderator !== null && reason !== 'output_moderation' && reason !== 'shutdown' && run.answer !== '') {
    const before = run.answer;
    applyFinding(run, await moderator.check(before));
    if (run.request.stream && run.answer !== before) events.push({ type: 'message_replace', answer: run.answer, reason: '' });
  }
  events.push(await endOf(run, reason));
  return events;
}

async function lastWords(run: ChatRun, moderator: OutputModerator | null, error: unknown): Promise<ChatEvent[]> {
  if (!(error instanceof RunStopped)) return [failureOf(run, error)];
  try {
    return await conclude(run, moderator, error.stopCause);
  } catch (failure) {
    return [failureOf(run, failure)];
  }
}
