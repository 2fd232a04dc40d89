import type { Json } from '#common';

/** One source of an answer (contract service-and-web-api 8.5). */
export class RetrieverResourceResponse {
  /** Number within the answer, from 1. @example 1 */
  position?: number;
  /** Id of the knowledge base. */
  dataset_id?: string | null;
  /** Name of the knowledge base. @example Handbook */
  dataset_name?: string | null;
  /** Id of the document. */
  document_id?: string | null;
  /** Name of the document. @example returns.pdf */
  document_name?: string | null;
  /** Where the document came from. @example upload_file */
  data_source_type?: string | null;
  /** Id of the chunk. */
  segment_id?: string | null;
  /** Where it was asked for. @example api */
  retriever_from?: string | null;
  /** How well it fits, from 0 to 1. @example 0.87 */
  score?: number | null;
  /** How often it was found. @example 3 */
  hit_count?: number | null;
  /** Words of the chunk. @example 120 */
  word_count?: number | null;
  /** Number of the chunk within its document. @example 4 */
  segment_position?: number | null;
  /** Hash of the chunk. @example 9a0b4c */
  index_node_hash?: string | null;
  /** Text of the chunk. @example "Goods can be returned within 30 days." */
  content?: string | null;
  /** Page of the document. @example 2 */
  page?: number | null;
  /** Title of the source. @example Returns */
  title?: string | null;
  /** Summary of the chunk. @example "How returns work" */
  summary?: string | null;
}

/** Reads stored sources; what is stored has this form already. */
export function retrieverResourcesOf(stored: readonly Json[] | undefined): RetrieverResourceResponse[] {
  return (stored ?? []) as unknown as RetrieverResourceResponse[];
}
