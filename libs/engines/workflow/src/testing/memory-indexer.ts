import { KnowledgeIndexer, type IndexedDocument, type IndexRequest } from '../ports/knowledge-indexer.port.js';

/** Keeps what is stored; sums up by numbering, every second piece. */
export class MemoryIndexer extends KnowledgeIndexer {
  readonly requests: IndexRequest[] = [];
  failure: Error | undefined;

  override index(request: IndexRequest): Promise<IndexedDocument> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.requests.push(request);
    return Promise.resolve({ datasetName: 'fruit pipeline 1', documentName: 'fruit.txt', createdAt: 1795425425 });
  }

  override summarize({ chunks }: Parameters<KnowledgeIndexer['summarize']>[0]): Promise<readonly (string | null)[]> {
    return Promise.resolve(chunks.chunks.map((_, index) => (index % 2 === 0 ? `summary ${String(index)}` : null)));
  }
}
