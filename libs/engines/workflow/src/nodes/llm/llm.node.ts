import { parseStructuredOutput, type LlmRequest } from '#engines/model-runtime';
import { askModel, type ModelAnswer } from '../../models/ask-model.js';
import { askedAccount, usageMetadata } from '../../models/model-account.js';
import { modelFailure } from '../../models/model-failure.js';
import { filesIn } from '../../models/prompt-files.js';
import { runMemory } from '../../models/run-memory.js';
import { readsOf } from '../../models/text-template.js';
import { separateReasoning } from '../../models/thoughts.js';
import { SYSTEM_NODE, type Selector } from '../../pool/selector.js';
import { requiredPort } from '../../ports/required-port.js';
import type { FileValue } from '../../values/file-value.js';
import { segmentAs } from '../../values/segment.js';
import type { NodeContext, NodeType } from '../node-type.js';
import type { NodeResult } from '../node-result.js';
import { isRepeatable } from '../repeatable.js';
import { contextOf } from './context-of.js';
import { JinjaPrompts } from './jinja-prompts.js';
import { llmPrompt } from './llm-prompt.js';
import { readLlmSettings, type LlmSettings } from './llm-settings.js';
import { MadeFiles } from './made-files.js';
import { schemaOf, structuredOutputFailure } from './structured-output.js';

/** Asks a language model (contract workflow-engine 7.4). */
export const llmNode: NodeType = {
  type: 'llm',
  version: '1',
  execution: 'executable',
  compile: (data) => {
    const settings = readLlmSettings(data);
    const jinja = new JinjaPrompts(settings);
    return {
      reads: reads(settings),
      repeatable: isRepeatable(data, true),
      streams: ['text'],
      run: (context) => run(settings, jinja, context),
    };
  },
};

function reads(settings: LlmSettings): Record<string, Selector> {
  const { pieces, memory, memoryQuery, context, vision, jinjaVariables } = settings;
  const templates = [...pieces, ...(memoryQuery === null ? [] : [memoryQuery])].flatMap(({ body }) =>
    body.kind === 'basic' ? [body.template] : [],
  );
  return {
    ...readsOf(...templates),
    ...Object.fromEntries(jinjaVariables.map(({ name, selector }) => [name, selector])),
    ...(memory !== null && { '#sys.query#': [SYSTEM_NODE, 'query'] }),
    ...(context !== null && { '#context#': context }),
    ...(vision !== null && { '#files#': vision.selector }),
  };
}

async function run(settings: LlmSettings, jinja: JinjaPrompts, context: NodeContext): Promise<NodeResult> {
  const inputs: Record<string, unknown> = {};
  try {
    const files = settings.vision === null ? [] : filesIn(context.pool.get(settings.vision.selector));
    if (files.length > 0) inputs['#files#'] = files;
    const knowledge = contextOf(settings.context, context.pool);
    if (knowledge.text !== '') inputs['#context#'] = knowledge.text;
    if (knowledge.files.length > 0) inputs['#context_files#'] = knowledge.files;
    if (knowledge.resources.length > 0)
      context.emit({
        type: 'retriever_resources',
        resources: knowledge.resources as readonly Record<string, unknown>[],
        context: knowledge.text,
      });

    const { parameters, choice } = settings.model;
    const model = await requiredPort(context.ports, 'models').resolve(choice);
    const memory = await runMemory(settings.memory, context, { model, parameters });
    const messages = await llmPrompt({ settings, context, jinja, schema: model.schema, memory, knowledge, files });
    const made = new MadeFiles(context);
    const answer = await askModel(context, model, requestOf(settings, messages), {
      stream: true,
      onText: (text) => {
        context.stream('text', text);
      },
      onMedia: (media) => made.keep(media),
    });
    return {
      status: 'succeeded',
      inputs,
      processData: askedAccount(settings.model, messages, answer),
      outputs: outputs(settings, answer, made.files),
      metadata: usageMetadata(answer.usage),
      usage: answer.usage,
    };
  } catch (error) {
    return modelFailure(error, { inputs });
  }
}

function requestOf({ model, output }: LlmSettings, messages: LlmRequest['messages']): LlmRequest {
  return {
    messages,
    parameters: model.parameters,
    ...(model.stop !== null && { stop: model.stop }),
    ...(output !== null && { structuredOutput: { schema: schemaOf(output.schema) } }),
  };
}

function outputs(settings: LlmSettings, answer: ModelAnswer, files: readonly FileValue[]): Record<string, unknown> {
  const { text, reasoning } = settings.separatesReasoning ? separateReasoning(answer.text) : { text: answer.text, reasoning: '' };
  const found = settings.output === null ? undefined : parseStructuredOutput(answer.text);
  if (found === null) throw structuredOutputFailure(answer.text);
  return {
    text,
    reasoning_content: reasoning,
    usage: answer.usage,
    finish_reason: answer.finishReason,
    ...(found !== undefined && { structured_output: found }),
    ...(files.length > 0 && { files: segmentAs('array[file]', files) }),
  };
}
