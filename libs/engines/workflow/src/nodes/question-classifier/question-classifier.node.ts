import type { LlmUsage, PromptMessage } from '#engines/model-runtime';
import { addParts } from '../../models/add-parts.js';
import { askModel } from '../../models/ask-model.js';
import { askedAccount, usageMetadata } from '../../models/model-account.js';
import { modelFailure } from '../../models/model-failure.js';
import { DEFAULT_PREFIXES } from '../../models/memory-settings.js';
import { filesAsParts, filesIn } from '../../models/prompt-files.js';
import { runMemory } from '../../models/run-memory.js';
import { fillText, readsOf } from '../../models/text-template.js';
import { requiredPort } from '../../ports/required-port.js';
import type { WorkflowModel } from '../../ports/models.port.js';
import { renderText } from '../../values/render.js';
import { NodeFailure } from '../../workflow.errors.js';
import type { NodeContext, NodeType } from '../node-type.js';
import type { NodeResult } from '../node-result.js';
import { isRepeatable } from '../repeatable.js';
import { chatClassification, completionClassification, type Classification } from './classifier-prompt.js';
import { chosenClass } from './classifier-reply.js';
import { readClassifierSettings, type ClassifierSettings, type TextClass } from './classifier-settings.js';

/** Lets a model choose one of several classes for a text; the edge of that class is taken (contract workflow-engine 7.8). */
export const questionClassifierNode: NodeType = {
  type: 'question-classifier',
  version: '1',
  execution: 'branch',
  compile: (data) => {
    const settings = readClassifierSettings(data);
    const { query, vision, instruction, classes } = settings;
    return {
      reads: { query, ...readsOf(instruction), ...(vision !== null && { '#files#': vision.selector }) },
      repeatable: isRepeatable(data, true),
      handles: classes.map(({ id }) => id),
      run: (context) => run(settings, context),
    };
  },
};

async function run(settings: ClassifierSettings, context: NodeContext): Promise<NodeResult> {
  const segment = context.pool.get(settings.query);
  const inputs = { query: segment ?? null };
  let usage: LlmUsage | undefined;
  try {
    const [first] = settings.classes;
    if (first === undefined) throw new NodeFailure('The classifier has no classes to choose from: add one.');
    const { choice, parameters, stop } = settings.model;
    const model = await requiredPort(context.ports, 'models').resolve(choice);
    const messages = await promptOf(settings, context, model, segment === undefined ? '' : renderText(segment));
    const request = { messages, parameters, ...(stop !== null && { stop }) };
    const answer = await askModel(context, model, request, { stream: true });
    ({ usage } = answer);
    const chosen = find(settings.classes, chosenClass(answer.text)) ?? first;
    return {
      status: 'succeeded',
      handle: chosen.id,
      inputs,
      processData: askedAccount(settings.model, messages, answer),
      outputs: { class_name: chosen.name, ...(chosen.label !== null && { class_label: chosen.label }), class_id: chosen.id, usage },
      metadata: usageMetadata(usage),
      usage,
    };
  } catch (error) {
    return modelFailure(error, { inputs, ...(usage && { usage, metadata: usageMetadata(usage) }) });
  }
}

function find(classes: readonly TextClass[], id: string | null): TextClass | undefined {
  return classes.find((known) => known.id === id);
}

async function promptOf(
  { classes, instruction, model: { choice, parameters }, memory: settings, vision }: ClassifierSettings,
  context: NodeContext,
  model: WorkflowModel,
  query: string,
): Promise<PromptMessage[]> {
  const build = choice.mode === 'chat' ? chatClassification : completionClassification;
  const asked: Classification = { query, classes, instruction: fillText(instruction, context), histories: '' };
  const memory = await runMemory(settings, context, { model, parameters });
  const histories = memory === null ? '' : await memory.text(build(asked), settings?.prefixes ?? DEFAULT_PREFIXES);
  const messages = build({ ...asked, histories });
  if (vision === null) return messages;
  return addParts(
    messages,
    await filesAsParts(filesIn(context.pool.get(vision.selector)), context, { schema: model.schema, detail: vision.detail }),
  );
}
