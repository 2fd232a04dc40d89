import { PyFloat, pythonStr } from '#common';
import { isMapping, mappingAt, mappingsIn, textIn, type ContentNode } from '../content.js';
import type { DslContent } from '../dsl-document.js';
import { modelProviderId, toolProviderId } from '../provider-ids.js';
import type { ChangeLog } from './dsl-change.js';

/** Writes an old form of a node's `data` in the new way, in place; does nothing to the new form. */
type NodeMigration = (node: ContentNode, log: ChangeLog) => void;

/** `flatten_output` and others that the console fills in when it opens a file (contract workflow-engine 1.6). */
const ITERATION_DEFAULTS: DslContent = { is_parallel: false, parallel_nums: 10, error_handle_mode: 'terminated', flatten_output: true };
const PARAMETER_TYPES: ReadonlyMap<string, string> = new Map([
  ['bool', 'boolean'],
  ['select', 'string'],
]);

/** By the type of node. */
const MIGRATIONS: Readonly<Record<string, readonly NodeMigration[]>> = {
  'if-else': [casesFromConditions],
  end: [outputTypes],
  'http-request': [bodyItems],
  tool: [toolProvider, toolParameters, toolConfigurations],
  llm: [modelProvider, llmDefaults, memoryWindow],
  'question-classifier': [modelProvider, memoryWindow],
  'parameter-extractor': [modelProvider, extractedTypes, memoryWindow],
  'knowledge-retrieval': [retrievalProviders],
  iteration: [iterationDefaults],
  assigner: [assignerVersion],
  'variable-assigner': [aggregatorName],
};

/** What is done to nodes of a type; nothing to those of a type that a file made up, were it `constructor`. */
export function migrationsFor(type: string): readonly NodeMigration[] {
  return Object.hasOwn(MIGRATIONS, type) ? (MIGRATIONS[type] as readonly NodeMigration[]) : [];
}

function casesFromConditions(node: ContentNode, log: ChangeLog): void {
  const { data } = node;
  if (Array.isArray(data.cases) && data.cases.length > 0) return;
  data.cases = [{ case_id: 'true', logical_operator: data.logical_operator ?? 'and', conditions: data.conditions ?? [] }];
  delete data.logical_operator;
  delete data.conditions;
  log.addTo(node, 'CASES_FROM_CONDITIONS', 'cases', 'Its one group of conditions becomes the case `true`.');
}

function outputTypes(node: ContentNode, log: ChangeLog): void {
  mappingsIn(node.data.outputs).forEach((output, index) => {
    const type = textIn(output.value_type);
    const wanted = type?.toLowerCase() ?? 'any';
    if (type === wanted) return;
    output.value_type = wanted;
    log.addTo(
      node,
      'OUTPUT_TYPE',
      `outputs.${String(index)}.value_type`,
      `The type of ${textIn(output.variable) ?? 'an output'} is written ${wanted}.`,
    );
  });
}

function bodyItems(node: ContentNode, log: ChangeLog): void {
  const body = mappingAt(node.data, 'body');
  if (typeof body.data !== 'string') return;
  body.data = body.data === '' ? [] : [{ key: '', type: 'text', value: body.data }];
  log.addTo(node, 'BODY_ITEMS', 'body.data', 'The text of the body becomes one item of it.');
}

function toolProvider(node: ContentNode, log: ChangeLog): void {
  const { data } = node;
  const id = textIn(data.provider_id);
  if (id === undefined || data.provider_type !== 'builtin') return;
  const long = toolProviderId(id);
  if (long === null || long === id) return;
  data.provider_id = long;
  log.addTo(node, 'PROVIDER_ID', 'provider_id', `The provider ${id} is called ${long}.`);
}

function toolParameters(node: ContentNode, log: ChangeLog): void {
  const parameters = mappingAt(node.data, 'tool_parameters');
  for (const [name, entry] of Object.entries(parameters)) {
    if (isMapping(entry) && entry.value !== null && entry.value !== undefined) continue;
    // Nothing reads such entries, so nothing is lost.
    Reflect.deleteProperty(parameters, name);
    log.addTo(node, 'TOOL_PARAMETER', `tool_parameters.${name}`, 'A parameter without a value is left out.');
  }
}

/**
 * Settings as they stand become constants, as the console makes them (contract workflow-engine 1.6). Null takes its default, and so does an empty text. A node with a
 * setting that the new form would read otherwise stays as it is. Settings that are absent would lose their default; the console wrote all of a tool's.
 */
function toolConfigurations(node: ContentNode, log: ChangeLog): void {
  const { data } = node;
  if (data.tool_node_version !== null && data.tool_node_version !== undefined) return;
  const entries = Object.entries(mappingAt(data, 'tool_configurations'));
  if (entries.length === 0 || !entries.every(([, value]) => value === null || isConstant(value))) return;
  data.tool_configurations = Object.fromEntries(entries.map(([name, value]) => [name, { type: 'constant', value: value ?? '' }]));
  data.tool_node_version = '2';
  log.addTo(node, 'TOOL_CONFIGURATIONS', 'tool_configurations', 'Its settings are written as constants.');
}

/** Whether a tool gets the same from a constant, which reaches it as a text: references would be filled in, `False` is no empty value as `false` is, and `1e+20` no number. */
function isConstant(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('{{#');
  if (typeof value === 'boolean') return value;
  return (typeof value === 'number' || typeof value === 'bigint' || value instanceof PyFloat) && /^-?\d+(\.\d+)?$/.test(pythonStr(value));
}

function modelProvider(node: ContentNode, log: ChangeLog): void {
  renameProvider(node, node.data.model, 'model.provider', log);
}

function retrievalProviders(node: ContentNode, log: ChangeLog): void {
  const multiple = mappingAt(node.data, 'multiple_retrieval_config');
  const single = mappingAt(node.data, 'single_retrieval_config');
  renameProvider(node, multiple.reranking_model, 'multiple_retrieval_config.reranking_model.provider', log);
  renameProvider(node, single.model, 'single_retrieval_config.model.provider', log);
}

function renameProvider(node: ContentNode, model: unknown, field: string, log: ChangeLog): void {
  const id = isMapping(model) ? textIn(model.provider) : undefined;
  const long = id === undefined ? null : modelProviderId(id);
  if (long === null || long === id) return;
  (model as DslContent).provider = long;
  log.addTo(node, 'PROVIDER_ID', field, `The provider ${id ?? ''} is called ${long}.`);
}

function llmDefaults(node: ContentNode, log: ChangeLog): void {
  const { data } = node;
  if (data.prompt_config === null) data.prompt_config = { jinja2_variables: [] };
  const vision = mappingAt(data, 'vision');
  if (vision.configs === null) delete vision.configs;
  if (textIn(data.reasoning_format) !== undefined) return;
  data.reasoning_format = 'tagged';
  log.addTo(node, 'REASONING_FORMAT', 'reasoning_format', 'Thoughts of the model stay in its text: tagged.');
}

/** Memory without a window remembers nothing (contract workflow-engine 1.6). */
function memoryWindow(node: ContentNode, log: ChangeLog): void {
  const { memory } = node.data;
  if (!isMapping(memory) || isMapping(memory.window)) return;
  node.data.memory = null;
  log.addTo(node, 'MEMORY_WINDOW', 'memory', 'Memory without a window is none.');
}

function extractedTypes(node: ContentNode, log: ChangeLog): void {
  mappingsIn(node.data.parameters).forEach((parameter, index) => {
    const type = textIn(parameter.type);
    const wanted = type === undefined ? undefined : PARAMETER_TYPES.get(type);
    if (wanted === undefined) return;
    parameter.type = wanted;
    log.addTo(node, 'PARAMETER_TYPE', `parameters.${String(index)}.type`, `The type ${type ?? ''} is called ${wanted}.`);
  });
  if (node.data.reasoning_mode === 'prompt' || node.data.reasoning_mode === 'function_call') return;
  node.data.reasoning_mode = 'function_call';
  log.addTo(node, 'REASONING_MODE', 'reasoning_mode', 'Without a known way to ask, the model is asked by function_call.');
}

function iterationDefaults(node: ContentNode, log: ChangeLog): void {
  for (const [key, value] of Object.entries(ITERATION_DEFAULTS)) {
    if (node.data[key] !== undefined && node.data[key] !== null) continue;
    node.data[key] = value;
    if (key === 'flatten_output') log.addTo(node, 'FLATTEN_OUTPUT', key, 'Lists that its rounds put out are joined to one.');
  }
}

function assignerVersion(node: ContentNode): void {
  node.data.version ??= '1';
}

function aggregatorName(node: ContentNode, log: ChangeLog): void {
  node.data.type = 'variable-aggregator';
  log.addTo(node, 'NODE_TYPE', 'type', 'The type variable-assigner is called variable-aggregator.');
}
