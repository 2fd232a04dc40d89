/** A document whose text is wanted. */
export interface DocumentSource {
  readonly bytes: Uint8Array;
  /** With its dot, in any case; null for none. */
  readonly extension: string | null;
  /** Looked at where there is no extension. */
  readonly mimeType: string | null;
  readonly signal?: AbortSignal;
}

/** Reads the text of documents. Documents are strangers' files: where an adapter reads them decides what a hostile one can do. */
export abstract class DocumentReader {
  /** Rejects with `DocumentError` for a document that can't be read, or the signal's reason. */
  abstract read(source: DocumentSource): Promise<string>;
}
