import type { ContentPart } from '#engines/model-runtime';
import { ExternalDataError } from '../chat.errors.js';
import { hasConversations } from '../config/app-mode.js';
import { displayText } from '../inputs/input-text.js';
import { toPromptParts } from '../files/prompt-parts.js';
import type { AssembledPrompt } from '../prompt/assemble-prompt.js';
import type { ChatEvent } from './chat-event.js';
import type { ChatRun } from './chat-run.js';
import { byScore, contextText, numberedResources } from './context-text.js';

/** How a run goes on after its preparation: a fixed text answers, or the model does. */
export type Preparation =
  | { kind: 'direct'; text: string; reason: 'input_moderation' | 'annotation_reply'; events: ChatEvent[] }
  | { kind: 'model'; prompt: AssembledPrompt; events: ChatEvent[] };

/** Everything before the model is asked, in the order of contract models-agents-tools 7, steps 1 to 6. */
export async function prepare(run: ChatRun): Promise<Preparation> {
  const preset = await moderateInput(run);
  if (preset !== null) {
    await run.assemble(null);
    return { kind: 'direct', text: preset, reason: 'input_moderation', events: [] };
  }
  await findAnnotation(run);
  if (run.annotation !== null) {
    await run.assemble(null);
    const { annotation } = run;
    return { kind: 'direct', text: annotation.content, reason: 'annotation_reply', events: [{ type: 'annotation_reply', annotation }] };
  }
  await askExternalData(run);
  const { context, parts } = await retrieve(run);
  const prompt = await run.assemble(context, parts);
  const events: ChatEvent[] = run.resources.length === 0 ? [] : [{ type: 'retriever_resources', resources: run.resources }];
  return { kind: 'model', prompt, events };
}

/** Returns the preset answer of a blocked input; overridden inputs take the place of the old ones. */
async function moderateInput(run: ChatRun): Promise<string | null> {
  const config = run.request.config.moderation;
  if (config === null || !config.inputs || run.ports.moderation === undefined) return null;
  const verdict = await run.ports.moderation.checkInput(config, { inputs: run.inputs, query: run.query });
  if (!verdict.flagged) return null;
  if (verdict.action === 'direct_output') return verdict.presetResponse;
  run.inputs = verdict.inputs;
  run.query = verdict.query;
  return null;
}

/** A search that fails finds nothing: the model answers then. */
async function findAnnotation(run: ChatRun): Promise<void> {
  if (run.ports.annotations === undefined || run.query === '' || !hasConversations(run.request.config.mode)) return;
  run.annotation = await run.ports.annotations.match(run.query).catch(() => null);
}

/** All tools are asked at once; the results take the place of the inputs they are named after. */
async function askExternalData(run: ChatRun): Promise<void> {
  const { externalData } = run.ports;
  const tools = run.request.config.externalDataTools;
  if (externalData === undefined || tools.length === 0) return;
  const subject = { inputs: run.inputs, query: run.query };
  const results = await Promise.all(
    tools.map(async (tool): Promise<[string, string]> => {
      try {
        return [tool.variable, await externalData.query(tool, subject)];
      } catch (error) {
        throw new ExternalDataError(tool.variable, error);
      }
    }),
  );
  run.inputs = Object.fromEntries([...Object.entries(run.inputs), ...results]);
}

async function retrieve(run: ChatRun): Promise<{ context: string | null; parts: ContentPart[] }> {
  const { config } = run.request;
  if (config.datasets === null || run.ports.retriever === undefined) return { context: null, parts: [] };
  const query = retrievalQuery(run, config.datasets.queryVariable);
  if (query === '') return { context: '', parts: [] };
  const signal = run.gate.signal;
  const found = await run.ports.retriever.retrieve({ datasets: config.datasets, query, inputs: run.inputs, signal });
  if (config.showRetrieverResources) run.resources = numberedResources(found.resources);
  const canSee = run.ports.model.schema?.features?.includes('vision') ?? false;
  const files = canSee ? byScore(found.documents).flatMap((document) => document.files ?? []) : [];
  return { context: contextText(found.documents), parts: await toPromptParts(files, run.partOptions) };
}

/** Chat apps ask with the query, completion apps with an input of theirs. */
function retrievalQuery(run: ChatRun, variable: string | null): string {
  if (run.request.config.mode !== 'completion') return run.query;
  return variable !== null && Object.hasOwn(run.inputs, variable) ? displayText(run.inputs[variable] ?? null) : '';
}
