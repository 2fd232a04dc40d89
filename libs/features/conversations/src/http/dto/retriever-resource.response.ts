import type { Json } from '#common';

/** One source of an answer (contract service-and-web-api 8.5). */
export class RetrieverResourceResponse {
  /** Number within the answer, from 1. */
  position?: number;
  /** Id of the knowledge base. */
  dataset_id?: string | null;
  /** Name of the knowledge base. */
  dataset_name?: string | null;
  /** Id of the document. */
  document_id?: string | null;
  /** Name of the document. */
  document_name?: string | null;
  /** Where the document came from. */
  data_source_type?: string | null;
  /** Id of the chunk. */
  segment_id?: string | null;
  /** Where it was asked for. */
  retriever_from?: string | null;
  /** How well it fits, from 0 to 1. */
  score?: number | null;
  /** How often it was found. */
  hit_count?: number | null;
  /** Words of the chunk. */
  word_count?: number | null;
  /** Number of the chunk within its document. */
  segment_position?: number | null;
  /** Hash of the chunk. */
  index_node_hash?: string | null;
  /** Text of the chunk. */
  content?: string | null;
  /** Page of the document. */
  page?: number | null;
  /** Title of the source. */
  title?: string | null;
  /** Summary of the chunk. */
  summary?: string | null;
}

/** Reads stored sources; what is stored has this form already. */
export function retrieverResourcesOf(stored: readonly Json[] | undefined): RetrieverResourceResponse[] {
  return (stored ?? []) as unknown as RetrieverResourceResponse[];
}
