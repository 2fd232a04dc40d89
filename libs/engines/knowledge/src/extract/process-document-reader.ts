import { documentKind, type DocumentKind } from './document-kind.js';
import { DocumentReader, type DocumentSource } from './document-reader.port.js';
import { UnreadableDocumentError } from './extract.errors.js';
import { extractFailure } from './extract-failure.js';
import type { ExtractLimits } from './extract-limits.js';
import { LocalDocumentReader } from './local-document-reader.js';
import { ReadingProcess, type ProcessBounds } from './process/reading-process.js';
import { ProcessPool } from './process/process-pool.js';

/** What a {@link ProcessDocumentReader} may be told. */
export interface ProcessDocumentReaderOptions {
  /** Limits that differ from those of every reader. */
  limits?: Partial<ExtractLimits>;
  /** Most processes. `DOCUMENT_PROCESSES`, default 2. */
  maxProcesses?: number;
  /** Longest reading of one document. `DOCUMENT_TIMEOUT`, default 120. Unit: seconds. */
  timeoutSeconds?: number;
  /** Most memory of a process. `DOCUMENT_MEMORY`, default 512. Unit: megabytes. */
  memoryMb?: number;
  /** How long a process without work is kept. Default 30,000. Unit: milliseconds. */
  idleMs?: number;
}

/** Plain text up to this size is read at once: handing it over takes longer. */
const SMALL_TEXT_BYTES = 64 * 1024;

/**
 * Reads documents in processes of its own, with limits of time and memory, so that one that is slow or hostile holds nobody up but those who wait for a process. Reads
 * what a {@link LocalDocumentReader} reads, to the same texts.
 */
export class ProcessDocumentReader extends DocumentReader {
  private readonly local: LocalDocumentReader;
  private readonly pool: ProcessPool;

  constructor({ limits = {}, maxProcesses = 2, timeoutSeconds = 120, memoryMb = 512, idleMs = 30_000 }: ProcessDocumentReaderOptions = {}) {
    super();
    const bounds: ProcessBounds = { timeoutSeconds, memoryMb };
    this.local = new LocalDocumentReader(limits);
    this.pool = new ProcessPool({ maxProcesses, idleMs }, () => new ReadingProcess({ limits }, bounds));
  }

  /** Processes that live, for tests and figures. */
  get processes(): number {
    return this.pool.size;
  }

  override async read(source: DocumentSource): Promise<string> {
    source.signal?.throwIfAborted();
    const kind = documentKind(source);
    if (kind === 'plain' && source.bytes.length <= SMALL_TEXT_BYTES) return this.local.read(source);
    const answer = await this.readApart(kind, source);
    if ('error' in answer) throw new UnreadableDocumentError(answer.error);
    return answer.text;
  }

  /** Ends all processes. What they read, and what comes later, fails. */
  close(): Promise<void> {
    return this.pool.close();
  }

  private async readApart(kind: DocumentKind, { bytes, extension, mimeType, signal }: DocumentSource): ReturnType<ReadingProcess['read']> {
    try {
      return await this.pool.use((process) => process.read({ bytes, extension, mimeType }, signal), signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw extractFailure(kind, error);
    }
  }
}
