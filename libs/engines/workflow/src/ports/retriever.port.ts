import type { LlmUsage, ModelParameters } from '#engines/model-runtime';
import type { FileValue } from '../values/file-value.js';
import type { ModelChoice } from './models.port.js';

/** A model that the retrieval asks, with its parameters. */
export interface RetrievalModel extends ModelChoice {
  readonly parameters: ModelParameters;
}

/** How results of all knowledge bases are ranked together. */
export interface MultipleRetrieval {
  /** Default 4. */
  readonly topK: number;
  /** Results below are left out; null: none are. */
  readonly scoreThreshold: number | null;
  readonly rerankingMode: 'reranking_model' | 'weighted_score';
  readonly rerankingEnabled: boolean;
  readonly rerankingModel: { readonly provider: string; readonly model: string } | null;
  readonly weights: {
    readonly vectorWeight: number;
    readonly embeddingProvider: string;
    readonly embeddingModel: string;
    readonly keywordWeight: number;
  } | null;
}

/** One condition on the metadata of documents. */
export interface MetadataCondition {
  readonly name: string;
  /** `contains`, `is`, `≥`, `before`, ... (contract workflow-engine 7.5). */
  readonly operator: string;
  /** References are resolved. Null for operators that take no value. */
  readonly value: string | number | readonly string[] | null;
}

/** Which documents are looked at. `automatic`: a model reads conditions out of the query. */
export type MetadataFilter =
  | { readonly mode: 'disabled' }
  | { readonly mode: 'automatic'; readonly model: RetrievalModel }
  | { readonly mode: 'manual'; readonly operator: 'and' | 'or'; readonly conditions: readonly MetadataCondition[] };

/** What is looked for, and where. */
export interface RetrievalQuery {
  readonly datasetIds: readonly string[];
  /** Null: files only. */
  readonly query: string | null;
  readonly attachments: readonly FileValue[];
  /** `single`: the model picks one knowledge base. `multiple`: all are asked. */
  readonly strategy:
    { readonly mode: 'single'; readonly model: RetrievalModel } | { readonly mode: 'multiple'; readonly settings: MultipleRetrieval };
  readonly metadata: MetadataFilter;
  readonly signal: AbortSignal;
}

/** A part of a segment that was hit (parent-child chunking). */
export interface RetrievedChild {
  readonly id: string;
  readonly content: string;
  readonly position: number;
  readonly score: number;
}

/** A segment that was found, or what an external knowledge base answered. */
export interface RetrievedSegment {
  readonly content: string;
  /** Set for question-and-answer segments; `content` is the question. */
  readonly answer: string | null;
  readonly title: string | null;
  readonly summary: string | null;
  /** Pictures of the segment. */
  readonly files: readonly FileValue[];
  readonly score: number | null;
  readonly datasetId: string;
  readonly datasetName: string;
  readonly documentId: string | null;
  readonly documentName: string | null;
  /** `upload_file`, `notion_import`, `website_crawl`, `external`, ... */
  readonly dataSourceType: string;
  readonly docMetadata: Readonly<Record<string, unknown>> | null;
  /** Null for external knowledge bases. */
  readonly segment: {
    readonly id: string;
    readonly hitCount: number;
    readonly wordCount: number;
    readonly position: number;
    readonly indexNodeHash: string | null;
    readonly children: readonly RetrievedChild[];
  } | null;
}

/** What was found, in any order. */
export interface Retrieved {
  readonly segments: readonly RetrievedSegment[];
  /** What models used on the way; null for nothing. */
  readonly usage: LlmUsage | null;
}

/** The knowledge bases of a run's workspace. */
export abstract class Retriever {
  /** Rejects with an error whose `name` and message say why nothing can be looked up: a model that is gone, a plan's limit. */
  abstract retrieve(query: RetrievalQuery): Promise<Retrieved>;
}
