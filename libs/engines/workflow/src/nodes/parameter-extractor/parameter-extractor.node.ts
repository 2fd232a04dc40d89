import type { LlmRequest, PromptMessage, PromptTool, ToolCall } from '#engines/model-runtime';
import { addParts } from '../../models/add-parts.js';
import { askModel, type ModelAnswer } from '../../models/ask-model.js';
import { DEFAULT_PREFIXES } from '../../models/memory-settings.js';
import { askedAccount, usageMetadata } from '../../models/model-account.js';
import { modelFailure } from '../../models/model-failure.js';
import { filesAsParts, filesIn } from '../../models/prompt-files.js';
import { runMemory } from '../../models/run-memory.js';
import { fillText, readsOf } from '../../models/text-template.js';
import { takeThoughts } from '../../models/thoughts.js';
import type { WorkflowModel } from '../../ports/models.port.js';
import { requiredPort } from '../../ports/required-port.js';
import type { FileValue } from '../../values/file-value.js';
import { renderText } from '../../values/render.js';
import type { NodeContext, NodeType } from '../node-type.js';
import type { NodeResult, NodeSuccess } from '../node-result.js';
import { isRepeatable } from '../repeatable.js';
import { convertParameters } from './convert-parameters.js';
import { completionExtraction, functionExtraction, jsonExtraction, type Extraction } from './extractor-prompt.js';
import { readExtractorSettings, type ExtractorSettings } from './extractor-settings.js';
import { findJsonObject } from './find-json-object.js';
import { extractFunction } from './parameter-schema.js';

/** As recorded: what the node says when the model found nothing. */
const NOTHING_FOUND = 'Failed to extract result from function call or text response, using empty result.';

/** Takes parameters out of a text (contract workflow-engine 7.21). That nothing was found is a success that says so. */
export const parameterExtractorNode: NodeType = {
  type: 'parameter-extractor',
  version: '1',
  execution: 'executable',
  compile: (data) => {
    const settings = readExtractorSettings(data);
    const { query, instruction, vision } = settings;
    return {
      reads: { query, ...readsOf(instruction), ...(vision !== null && { '#files#': vision.selector }) },
      repeatable: isRepeatable(data, true),
      run: (context) => run(settings, context),
    };
  },
};

async function run(settings: ExtractorSettings, context: NodeContext): Promise<NodeResult> {
  const { parameters } = settings;
  const segment = context.pool.get(settings.query);
  const query = segment === undefined ? '' : renderText(segment);
  const instruction = fillText(settings.instruction, context);
  let inputs: Record<string, unknown> = { query, files: [], parameters, instruction };
  try {
    const files = settings.vision === null ? [] : filesIn(context.pool.get(settings.vision.selector));
    inputs = { ...inputs, files };
    const model = await requiredPort(context.ports, 'models').resolve(settings.model.choice);
    const tool = callsFunction(settings, model) ? extractFunction(parameters) : null;
    const messages = await promptOf({ settings, context, model, tool, files, asked: { query, parameters, instruction, histories: '' } });
    const answer = await askModel(context, model, requestOf(settings, messages, tool), { stream: false });
    const [call] = tool === null ? [] : answer.toolCalls;
    return { ...account(settings, { messages, answer, tool, call }), inputs };
  } catch (error) {
    const failure = modelFailure(error, { inputs });
    return { ...failure, outputs: { __is_success: 0, __reason: failure.error } };
  }
}

function callsFunction({ prefersFunction, model: { choice } }: ExtractorSettings, { schema }: WorkflowModel): boolean {
  const features = schema?.features ?? [];
  return prefersFunction && choice.mode === 'chat' && (features.includes('tool-call') || features.includes('multi-tool-call'));
}

interface PromptSource {
  settings: ExtractorSettings;
  context: NodeContext;
  model: WorkflowModel;
  tool: PromptTool | null;
  files: readonly FileValue[];
  asked: Extraction;
}

async function promptOf({ settings, context, model, tool, files, asked }: PromptSource): Promise<PromptMessage[]> {
  const { memory: memorySettings, vision } = settings;
  const { choice, parameters } = settings.model;
  const build = choice.mode === 'completion' ? completionExtraction : tool === null ? jsonExtraction : functionExtraction;
  const memory = await runMemory(memorySettings, context, { model, parameters });
  const histories = memory === null ? '' : await memory.text(build(asked), memorySettings?.prefixes ?? DEFAULT_PREFIXES);
  const messages = build({ ...asked, histories });
  if (vision === null) return messages;
  return addParts(messages, await filesAsParts(files, context, { schema: model.schema, detail: vision.detail }));
}

function requestOf({ model }: ExtractorSettings, messages: PromptMessage[], tool: PromptTool | null): LlmRequest {
  const { parameters, stop } = model;
  return { messages, parameters, ...(stop !== null && { stop }), ...(tool !== null && { tools: [tool] }) };
}

interface Asked {
  messages: readonly PromptMessage[];
  answer: ModelAnswer;
  tool: PromptTool | null;
  call: ToolCall | undefined;
}

function account({ model, parameters }: ExtractorSettings, { messages, answer, tool, call }: Asked): NodeSuccess {
  const { usage, text } = answer;
  const found = findJsonObject(call === undefined ? takeThoughts(text).text : call.function.arguments);
  const { values, problem } = convertParameters(parameters, found ?? {});
  const reason = found === null ? NOTHING_FOUND : problem;
  const { finish_reason: _finishReason, model_provider, model_name, ...asked } = askedAccount(model, messages, answer);
  return {
    status: 'succeeded',
    processData: { ...asked, function: tool ?? {}, tool_call: call ?? null, model_provider, model_name, llm_text: text },
    outputs: { __is_success: reason === null ? 1 : 0, __reason: reason, __usage: usage, ...values },
    metadata: usageMetadata(usage),
    usage,
  };
}
