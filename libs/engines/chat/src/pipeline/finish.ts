import { storableText } from '#common';
import { calculateUsage, emptyUsage } from '#engines/model-runtime';
import type { LlmUsage } from '#engines/model-runtime';
import { savedPrompt } from '../prompt/saved-prompt.js';
import { neutralisePlaceholders } from '../prompt/template.js';
import type { EndEvent, EndReason, ErrorEvent, RunSummary } from './chat-event.js';
import type { AnnotationHit } from './chat-ports.js';
import type { ChatRun } from './chat-run.js';

/** Shown as author of an annotation whose account is gone. */
const UNKNOWN_AUTHOR = 'Dify user';

/** The last event of a run that did not fail. */
export async function endOf(run: ChatRun, reason: EndReason): Promise<EndEvent> {
  const summary = summaryOf(run, run.usage ?? (await countedUsage(run)));
  return {
    type: 'end',
    reason,
    ...summary,
    usageEstimated: run.usageEstimated,
    metadata: { annotation_reply: annotationOf(run.annotation), retriever_resources: run.resources, usage: summary.usage },
  };
}

/** The last event of a run that failed. */
export function failureOf(run: ChatRun, error: unknown): ErrorEvent {
  return { type: 'error', error, ...summaryOf(run, run.usage ?? emptyUsage()) };
}

function summaryOf(run: ChatRun, usage: LlmUsage): RunSummary {
  const { answer, latency, inputs, query } = run;
  return {
    answer,
    storedAnswer: neutralisePlaceholders(storableText(answer).trim()),
    savedPrompt: run.prompt === null ? [] : savedPrompt(run.prompt.messages, run.modelMode),
    usage: { ...usage, latency },
    latency,
    inputs,
    query,
  };
}

/** Usage of a model that was cut off: counted again, which without a counter is zero, and priced (contract models-agents-tools 7). */
async function countedUsage(run: ChatRun): Promise<LlmUsage> {
  const { model, tokens } = run.ports;
  const [promptTokens, completionTokens] =
    tokens === undefined
      ? [0, 0]
      : await Promise.all([tokens.count(run.prompt?.messages ?? []), tokens.count([{ role: 'assistant', content: run.answer }])]);
  return calculateUsage(model.schema?.pricing ?? null, { promptTokens, completionTokens }, { latency: 0 });
}

function annotationOf(annotation: AnnotationHit | null): EndEvent['metadata']['annotation_reply'] {
  if (annotation === null) return null;
  return { id: annotation.id, account: { id: annotation.account?.id ?? '', name: annotation.account?.name ?? UNKNOWN_AUTHOR } };
}
