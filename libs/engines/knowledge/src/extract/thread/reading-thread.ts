import type { Worker } from 'node:worker_threads';
import { UnreadableDocumentError } from '../extract.errors.js';
import { startWorker } from './start-worker.js';
import type { ReadAnswer, ReadMessage, ThreadSetup } from './thread-messages.js';

/** Bounds of one thread. */
export interface ThreadBounds {
  /** Longest reading of one document. `DOCUMENT_TIMEOUT`. Unit: seconds. */
  readonly timeoutSeconds: number;
  /** Most memory of a thread for what it makes of a document; bytes of files and pictures are beside it. `DOCUMENT_MEMORY`. Unit: megabytes. */
  readonly memoryMb: number;
}

type Ended = { readonly answer: ReadAnswer } | { readonly lost: Error };

/** A thread that reads documents one by one. One that is too slow or too large ends it. */
export class ReadingThread {
  private readonly worker: Worker;
  private waiting: ((end: Ended) => void) | null = null;
  /** Why it reads no more. */
  private loss: Error | null = null;

  constructor(
    setup: ThreadSetup,
    private readonly bounds: ThreadBounds,
  ) {
    this.worker = startWorker({ workerData: setup, resourceLimits: { maxOldGenerationSizeMb: bounds.memoryMb } });
    this.worker.on('message', (answer: ReadAnswer) => this.waiting?.({ answer }));
    this.worker.on('error', (error) => this.finish(this.lossOf(error)));
    this.worker.on('exit', (code) => this.finish(new UnreadableDocumentError(`its reader ended with code ${String(code)}`)));
    // A thread that rests must not keep the program alive.
    this.worker.unref();
  }

  /** Whether it reads no more. */
  get isGone(): boolean {
    return this.loss !== null;
  }

  /** The text, or an error whose message says what is wrong. Rejects for what the thread could not do, and with the signal's reason. */
  async read(message: ReadMessage, signal?: AbortSignal): Promise<ReadAnswer> {
    const end = await this.endOf(message, signal);
    if ('lost' in end) throw end.lost;
    return end.answer;
  }

  /** Ends the thread at once. */
  async end(): Promise<void> {
    this.finish(new UnreadableDocumentError('its reader was closed'));
    await this.worker.terminate();
  }

  private endOf({ bytes, ...more }: ReadMessage, signal?: AbortSignal): Promise<Ended> {
    if (this.loss !== null) return Promise.resolve({ lost: this.loss });
    return new Promise((resolve) => {
      const { timeoutSeconds } = this.bounds;
      const giveUp = (): void => this.finish(signal?.reason as Error);
      const late = (): void =>
        this.finish(new UnreadableDocumentError(`it takes longer than ${String(timeoutSeconds)} seconds (DOCUMENT_TIMEOUT)`));
      const timer = setTimeout(late, 1000 * timeoutSeconds);
      signal?.addEventListener('abort', giveUp, { once: true });
      this.waiting = (end) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        this.waiting = null;
        this.worker.unref();
        resolve(end);
      };
      this.worker.ref();
      // A copy of its own: the bytes may be part of a larger buffer, which would be copied whole.
      const copy = Uint8Array.from(bytes);
      this.worker.postMessage({ bytes: copy, ...more } satisfies ReadMessage, [copy.buffer]);
    });
  }

  private lossOf(error: Error & { code?: string }): Error {
    if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return new UnreadableDocumentError(error.message, { cause: error });
    return new UnreadableDocumentError(`it needs more than ${String(this.bounds.memoryMb)} MB of memory (DOCUMENT_MEMORY)`, {
      cause: error,
    });
  }

  private finish(lost: Error): void {
    this.loss ??= lost;
    void this.worker.terminate();
    this.waiting?.({ lost });
  }
}
