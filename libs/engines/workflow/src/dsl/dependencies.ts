import type { GraphProblem } from '../workflow.errors.js';
import { isMapping, mappingAt, mappingsIn, nodesOf, textIn, type ContentNode } from './content.js';
import { hasGraph, type DslContent, type DslDocument } from './dsl-document.js';
import { isUpTo } from './dsl-version.js';
import { modelProviderId, pluginOf, toolProviderId } from './provider-ids.js';

/** A plugin that a file names (contract workflow-engine 1.3). */
export interface DslDependency {
  readonly type: 'marketplace' | 'github' | 'package';
  /** `marketplace_plugin_unique_identifier`, `plugin_unique_identifier`, ... by type. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly current_identifier: string | null;
}

/** What a file needs beside itself. */
export type DslDependencies =
  /** The file says it. */
  | { readonly from: 'file'; readonly dependencies: readonly DslDependency[] }
  /** A file of before plugins: read from graph or configuration. Ids of plugins, `<organization>/<plugin>`. */
  | { readonly from: 'content'; readonly plugins: readonly string[] };

/** Up to this version a file without a list has dependencies all the same. */
const LAST_WITHOUT_PLUGINS = '0.1.5';
const IDENTIFIERS = {
  marketplace: 'marketplace_plugin_unique_identifier',
  github: 'github_plugin_unique_identifier',
  package: 'plugin_unique_identifier',
} as const;

/** What a file needs: its own list, or what can be told from an old file. Entries that can't be read are left out and told. */
export function dependenciesOf(document: DslDocument): { dependencies: DslDependencies; problems: readonly GraphProblem[] } {
  const { dependencies: raw } = document.content;
  if (Array.isArray(raw)) {
    const read = raw.map((entry, index) => readDependency(entry, index));
    return {
      dependencies: { from: 'file', dependencies: read.flatMap((item) => ('type' in item ? [item] : [])) },
      problems: read.flatMap((item) => ('level' in item ? [item] : [])),
    };
  }
  const plugins = isUpTo(document, LAST_WITHOUT_PLUGINS) ? pluginsOf(document) : [];
  return { dependencies: { from: 'content', plugins }, problems: [] };
}

function readDependency(entry: unknown, index: number): DslDependency | GraphProblem {
  const { type, value, current_identifier: current } = isMapping(entry) ? entry : {};
  const known = (Object.keys(IDENTIFIERS) as DslDependency['type'][]).find((name) => name === type);
  if (known !== undefined && isMapping(value) && textIn(value[IDENTIFIERS[known]]) !== undefined)
    return { type: known, value, current_identifier: textIn(current) ?? null };
  const needed = known === undefined ? `a type of ${Object.keys(IDENTIFIERS).join(', ')}` : `value.${IDENTIFIERS[known]}`;
  return {
    level: 'warning',
    code: 'INVALID_DEPENDENCY',
    message: `A dependency is left out: it needs ${needed}.`,
    field: `dependencies.${String(index)}`,
  };
}

/**
 * The plugins behind the models and tools of an app, each once, in the order they are met: what an export lists when they are installed (contract console-apps-workflows
 * 3.1). Tools and models of the core need none.
 */
export function pluginsOf({ content, mode }: Pick<DslDocument, 'content' | 'mode'>): string[] {
  const providers = hasGraph(mode) ? nodesOf(content).flatMap(providersOfNode) : providersOfConfig(mappingAt(content, 'model_config'));
  return [...new Set(providers.flatMap((id) => (id === null ? [] : [pluginOf(id)])))];
}

type ProviderId = string | null;

function providersOfNode({ type, data }: ContentNode): ProviderId[] {
  switch (type) {
    case 'llm':
    case 'question-classifier':
    case 'parameter-extractor':
      return [ofModel(data.model)];
    case 'tool':
      return [ofTool(data)];
    case 'knowledge-retrieval':
      return providersOfRetrieval(data);
    default:
      return [];
  }
}

function providersOfRetrieval(data: DslContent): ProviderId[] {
  if (data.retrieval_mode === 'single') return [ofModel(mappingAt(data, 'single_retrieval_config').model)];
  const config = mappingAt(data, 'multiple_retrieval_config');
  if (config.reranking_mode !== 'weighted_score') return [ofModel(config.reranking_model)];
  const embedding = textIn(mappingAt(mappingAt(config, 'weights'), 'vector_setting').embedding_provider_name);
  return [embedding === undefined ? null : modelProviderId(embedding)];
}

function providersOfConfig(config: DslContent): ProviderId[] {
  return [
    ofModel(config.model),
    ofModel(renamed(mappingAt(mappingAt(config, 'dataset_configs'), 'reranking_model'))),
    ...mappingsIn(mappingAt(config, 'agent_mode').tools).map(ofTool),
  ];
}

/** The reranking model of a configuration names its provider otherwise. */
function renamed(model: DslContent): DslContent {
  return { ...model, provider: model.reranking_provider_name ?? model.provider ?? null };
}

function ofModel(model: unknown): ProviderId {
  const provider = isMapping(model) ? textIn(model.provider) : undefined;
  return provider === undefined ? null : modelProviderId(provider);
}

/** Tools of other types (workflows, APIs, MCP servers) live in the workspace, not in a plugin. */
function ofTool({ provider_type: type, provider_id: id }: DslContent): ProviderId {
  const provider = textIn(id);
  return provider !== undefined && (type === 'builtin' || type === 'plugin') ? toolProviderId(provider) : null;
}
