import { z } from 'zod';
import { modelSettings, type ModelSettings } from '../../models/model-settings.js';
import { readTextTemplate, type TextTemplate } from '../../models/text-template.js';
import type { Selector } from '../../pool/selector.js';
import type { MultipleRetrieval, RetrievalModel, RetrievalQuery } from '../../ports/retriever.port.js';
import { NodeConfigError, type NodeData } from '../node-type.js';
import { selectorSchema } from '../selector-schema.js';

const DEFAULT_TOP_K = 4;

/** A condition whose value may hold references. */
export interface ConditionTemplate {
  readonly name: string;
  readonly operator: string;
  readonly value: TextTemplate | number | readonly string[] | null;
}

/** How documents are chosen by their metadata, read once. */
export type MetadataSettings =
  | { readonly mode: 'disabled' }
  | { readonly mode: 'automatic'; readonly model: RetrievalModel }
  | { readonly mode: 'manual'; readonly operator: 'and' | 'or'; readonly conditions: readonly ConditionTemplate[] };

/** A knowledge-retrieval node's configuration, read once. */
export interface RetrievalSettings {
  /** Null: none was chosen. */
  readonly query: Selector | null;
  readonly attachments: Selector | null;
  readonly datasetIds: readonly string[];
  readonly strategy: RetrievalQuery['strategy'];
  readonly metadata: MetadataSettings;
}

const modelName = z.object({ provider: z.string().nullish(), model: z.string().nullish() }).nullish();

const multiple = z
  .object({
    top_k: z.number().nullish(),
    score_threshold: z.number().nullish(),
    reranking_mode: z.string().nullish(),
    reranking_enable: z.boolean().nullish(),
    reranking_model: modelName,
    weights: z
      .object({
        vector_setting: z
          .object({
            vector_weight: z.number(),
            embedding_provider_name: z.string().nullish(),
            embedding_model_name: z.string().nullish(),
          })
          .nullish(),
        keyword_setting: z.object({ keyword_weight: z.number() }).nullish(),
      })
      .nullish(),
  })
  .nullish();

const conditionValue = z.union([z.string(), z.number(), z.array(z.string())]).nullish();

const schema = z.object({
  query_variable_selector: selectorSchema,
  query_attachment_selector: selectorSchema,
  dataset_ids: z.array(z.string()).nullish(),
  retrieval_mode: z.string().nullish(),
  multiple_retrieval_config: multiple,
  single_retrieval_config: z.object({ model: modelSettings }).nullish(),
  metadata_filtering_mode: z.string().nullish(),
  metadata_model_config: modelSettings.nullish(),
  metadata_filtering_conditions: z
    .object({
      logical_operator: z.enum(['and', 'or']).nullish(),
      conditions: z.array(z.object({ name: z.string(), comparison_operator: z.string(), value: conditionValue })).nullish(),
    })
    .nullish(),
});
type Raw = z.infer<typeof schema>;

/** Reads the configuration (contract workflow-engine 7.5). Throws a `ZodError` or `NodeConfigError`. */
export function readRetrievalSettings(data: NodeData): RetrievalSettings {
  const raw = schema.parse(data);
  return {
    query: chosen(raw.query_variable_selector),
    attachments: chosen(raw.query_attachment_selector),
    datasetIds: raw.dataset_ids ?? [],
    strategy: strategyOf(raw),
    metadata: metadataOf(raw),
  };
}

function chosen(selector: Selector): Selector | null {
  return selector.length < 2 ? null : selector;
}

function strategyOf({
  retrieval_mode: mode,
  single_retrieval_config: single,
  multiple_retrieval_config: config,
}: Raw): RetrievalQuery['strategy'] {
  if (mode !== 'single') return { mode: 'multiple', settings: multipleOf(config) };
  if (!single) throw new NodeConfigError('single_retrieval_config', 'Retrieval from one knowledge base needs a model that chooses it.');
  return { mode: 'single', model: retrievalModel(single.model) };
}

function multipleOf(raw: z.infer<typeof multiple>): MultipleRetrieval {
  const { reranking_model: reranking, weights } = raw ?? {};
  const vector = weights?.vector_setting;
  return {
    topK: raw?.top_k ?? DEFAULT_TOP_K,
    scoreThreshold: raw?.score_threshold ?? null,
    rerankingMode: raw?.reranking_mode === 'weighted_score' ? 'weighted_score' : 'reranking_model',
    rerankingEnabled: raw?.reranking_enable ?? true,
    rerankingModel: reranking?.provider && reranking.model ? { provider: reranking.provider, model: reranking.model } : null,
    weights: vector
      ? {
          vectorWeight: vector.vector_weight,
          embeddingProvider: vector.embedding_provider_name ?? '',
          embeddingModel: vector.embedding_model_name ?? '',
          keywordWeight: weights?.keyword_setting?.keyword_weight ?? 0,
        }
      : null,
  };
}

function metadataOf({
  metadata_filtering_mode: mode,
  metadata_model_config: model,
  metadata_filtering_conditions: raw,
}: Raw): MetadataSettings {
  if (mode === 'automatic') {
    if (!model) throw new NodeConfigError('metadata_model_config', 'Automatic metadata filtering needs a model.');
    return { mode, model: retrievalModel(model) };
  }
  if (mode !== 'manual') return { mode: 'disabled' };
  return {
    mode,
    operator: raw?.logical_operator ?? 'and',
    conditions: (raw?.conditions ?? []).map(({ name, comparison_operator: operator, value }) => ({
      name,
      operator,
      value: typeof value === 'string' ? readTextTemplate(value) : (value ?? null),
    })),
  };
}

function retrievalModel({ choice, parameters }: ModelSettings): RetrievalModel {
  return { ...choice, parameters };
}
