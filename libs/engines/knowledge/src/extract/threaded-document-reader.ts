import { documentKind, type DocumentKind } from './document-kind.js';
import { DocumentReader, type DocumentSource } from './document-reader.port.js';
import { UnreadableDocumentError } from './extract.errors.js';
import { extractFailure } from './extract-failure.js';
import type { ExtractLimits } from './extract-limits.js';
import { LocalDocumentReader } from './local-document-reader.js';
import { ReadingThread, type ThreadBounds } from './thread/reading-thread.js';
import { ThreadPool } from './thread/thread-pool.js';

/** What a {@link ThreadedDocumentReader} may be told. */
export interface ThreadedDocumentReaderOptions {
  /** Limits that differ from those of every reader. */
  limits?: Partial<ExtractLimits>;
  /** Most threads. `DOCUMENT_THREADS`, default 2. */
  maxThreads?: number;
  /** Longest reading of one document. `DOCUMENT_TIMEOUT`, default 120. Unit: seconds. */
  timeoutSeconds?: number;
  /** Most memory of a thread. `DOCUMENT_MEMORY`, default 512. Unit: megabytes. */
  memoryMb?: number;
  /** How long a thread without work is kept. Default 30,000. Unit: milliseconds. */
  idleMs?: number;
}

/** Plain text up to this size is read at once: handing it over takes longer. */
const SMALL_TEXT_BYTES = 64 * 1024;

/**
 * Reads documents in threads of its own, with limits of time and memory, so that one that is slow or hostile holds nobody up but those who wait for a thread. Reads
 * what a {@link LocalDocumentReader} reads, to the same texts.
 */
export class ThreadedDocumentReader extends DocumentReader {
  private readonly local: LocalDocumentReader;
  private readonly pool: ThreadPool;

  constructor({ limits = {}, maxThreads = 2, timeoutSeconds = 120, memoryMb = 512, idleMs = 30_000 }: ThreadedDocumentReaderOptions = {}) {
    super();
    const bounds: ThreadBounds = { timeoutSeconds, memoryMb };
    this.local = new LocalDocumentReader(limits);
    this.pool = new ThreadPool({ maxThreads, idleMs }, () => new ReadingThread({ limits }, bounds));
  }

  /** Threads that live, for tests and figures. */
  get threads(): number {
    return this.pool.size;
  }

  override async read(source: DocumentSource): Promise<string> {
    source.signal?.throwIfAborted();
    const kind = documentKind(source);
    if (kind === 'plain' && source.bytes.length <= SMALL_TEXT_BYTES) return this.local.read(source);
    const answer = await this.readInThread(kind, source);
    if ('error' in answer) throw new UnreadableDocumentError(answer.error);
    return answer.text;
  }

  /** Ends all threads. What they read, and what comes later, fails. */
  close(): Promise<void> {
    return this.pool.close();
  }

  private async readInThread(
    kind: DocumentKind,
    { bytes, extension, mimeType, signal }: DocumentSource,
  ): ReturnType<ReadingThread['read']> {
    try {
      return await this.pool.use((thread) => thread.read({ bytes, extension, mimeType }, signal), signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw extractFailure(kind, error);
    }
  }
}
