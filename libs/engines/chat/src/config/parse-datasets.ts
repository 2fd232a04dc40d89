import { isJsonObject, isUuid } from '#common';
import type { JsonObject } from '#common';
import type { DatasetConfig, DatasetRanking } from './app-model-config.js';
import type { FullModelConfig, ModelConfigDocument } from './model-config-document.js';
import { isEmpty, integerOr, listOf, nonEmptyText, objectOr, own } from './values.js';

const DEFAULT_TOP_K = 4;
const FILTER_MODES = ['disabled', 'automatic', 'manual'] as const;

/**
 * Ids of all datasets a configuration uses: those of `dataset_configs`, and those among the old-style tools of `agent_mode` when that is
 * on. Also what `app_dataset_joins` is synchronised with.
 */
export function datasetIdsOf(document: ModelConfigDocument): string[] {
  const agentMode = objectOr(document.agent_mode, {});
  const group = objectOr(own(objectOr(document.dataset_configs, {}), 'datasets'), {});
  const entries = [...(isEmpty(own(agentMode, 'enabled')) ? [] : singleKeyed(own(agentMode, 'tools'))), ...listOf(own(group, 'datasets'))];
  const ids = entries.flatMap((entry) => {
    const dataset = isJsonObject(entry) && Object.keys(entry)[0] === 'dataset' ? entry.dataset : undefined;
    if (!isJsonObject(dataset) || isEmpty(own(dataset, 'enabled'))) return [];
    const id = own(dataset, 'id');
    return isUuid(id) ? [id] : [];
  });
  return [...new Set(ids)];
}

/** Reads how datasets are asked; null when there is none. */
export function parseDatasets(config: FullModelConfig): DatasetConfig | null {
  const datasetIds = datasetIdsOf(config);
  if (datasetIds.length === 0) return null;
  const settings = objectOr(config.dataset_configs, {});
  const retrieval = own(settings, 'retrieval_model') === 'single' ? 'single' : 'multiple';
  return {
    datasetIds,
    queryVariable: nonEmptyText(config.dataset_query_variable),
    retrieval,
    ranking: retrieval === 'single' ? null : parseRanking(settings),
    metadataFilteringMode: FILTER_MODES.find((mode) => mode === own(settings, 'metadata_filtering_mode')) ?? 'disabled',
    metadataModelConfig: objectOrNull(own(settings, 'metadata_model_config')),
    metadataFilteringConditions: objectOrNull(own(settings, 'metadata_filtering_conditions')),
  };
}

function parseRanking(settings: JsonObject): DatasetRanking {
  const threshold = own(settings, 'score_threshold');
  const thresholdOn = !isEmpty(own(settings, 'score_threshold_enabled'));
  const enabled = own(settings, 'reranking_enabled');
  return {
    topK: integerOr(own(settings, 'top_k'), DEFAULT_TOP_K),
    scoreThreshold: thresholdOn && typeof threshold === 'number' ? threshold : null,
    rerankingEnabled: enabled === undefined || enabled === null ? true : !isEmpty(enabled),
    rerankingMode: own(settings, 'reranking_mode') === 'weighted_score' ? 'weighted_score' : 'reranking_model',
    rerankingModel: objectOrNull(own(settings, 'reranking_model')),
    weights: objectOrNull(own(settings, 'weights')),
  };
}

function singleKeyed(tools: unknown): unknown[] {
  return listOf(tools).filter((tool) => isJsonObject(tool) && Object.keys(tool).length === 1);
}

function objectOrNull(value: unknown): JsonObject | null {
  return isJsonObject(value) ? value : null;
}
