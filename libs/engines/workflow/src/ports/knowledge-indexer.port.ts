import type { FileValue } from '../values/file-value.js';

/** The pieces of a document, as the structure of its knowledge base has them (contract knowledge 23.5). */
export type IndexChunks =
  | { readonly structure: 'text_model'; readonly chunks: readonly { readonly content: string; readonly files: readonly FileValue[] }[] }
  | {
      readonly structure: 'hierarchical_model';
      /** `paragraph`, `full-doc`. */
      readonly parentMode: string;
      readonly chunks: readonly { readonly content: string; readonly children: readonly string[]; readonly files: readonly FileValue[] }[];
    }
  | { readonly structure: 'qa_model'; readonly chunks: readonly { readonly question: string; readonly answer: string }[] };

/** How summaries of pieces are made, as the node's configuration has it; null: none are. */
export type SummarySetting = Readonly<Record<string, unknown>> | null;

/** A document that is to be stored. */
export interface IndexRequest {
  readonly datasetId: string;
  readonly documentId: string;
  /** The document that this one takes the place of; null for a new one. */
  readonly originalDocumentId: string | null;
  readonly batch: string;
  readonly chunks: IndexChunks;
  readonly summaries: SummarySetting;
  readonly signal: AbortSignal;
}

/** A document that was stored. */
export interface IndexedDocument {
  readonly datasetName: string;
  readonly documentName: string;
  /** Seconds since the epoch. */
  readonly createdAt: number;
}

/** The knowledge bases of a run's workspace, for writing. */
export abstract class KnowledgeIndexer {
  /** Stores the pieces of a document and makes them findable. Called again after a crash, it ends with the same. Rejects with what is wrong. */
  abstract index(request: IndexRequest): Promise<IndexedDocument>;

  /** Summaries of pieces for a preview, one a piece, null where there is none; nothing is stored. */
  abstract summarize(
    request: Pick<IndexRequest, 'datasetId' | 'chunks' | 'signal'> & { readonly summaries: Readonly<Record<string, unknown>> },
  ): Promise<readonly (string | null)[]>;
}
