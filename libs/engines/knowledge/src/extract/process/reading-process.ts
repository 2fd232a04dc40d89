import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { UnreadableDocumentError } from '../extract.errors.js';
import { startProcess } from './start-process.js';
import type { ReadAnswer, ReadMessage, ProcessSetup } from './process-messages.js';

/** Bounds of one process. */
export interface ProcessBounds {
  /** Longest reading of one document. `DOCUMENT_TIMEOUT`. Unit: seconds. */
  readonly timeoutSeconds: number;
  /** Most memory of a process for what it makes of a document; bytes of files and pictures are beside it. `DOCUMENT_MEMORY`. Unit: megabytes. */
  readonly memoryMb: number;
}

type Ended = { readonly answer: ReadAnswer } | { readonly lost: Error };

/** How V8 ends a process whose heap is full. */
const OUT_OF_MEMORY = new Set<NodeJS.Signals>(['SIGABRT', 'SIGILL', 'SIGTRAP']);

/** A process that reads documents one by one. One that is too slow or too large ends it. */
export class ReadingProcess {
  private readonly child: ChildProcess;
  private waiting: ((end: Ended) => void) | null = null;
  /** Why it reads no more. */
  private loss: Error | null = null;

  constructor(
    setup: ProcessSetup,
    private readonly bounds: ProcessBounds,
  ) {
    this.child = startProcess(setup, bounds.memoryMb);
    this.child.on('message', (answer) => this.waiting?.({ answer: answer as ReadAnswer }));
    this.child.on('error', (error) => this.finish(new UnreadableDocumentError(error.message, { cause: error })));
    this.child.on('exit', (code, signal) => this.finish(this.lossOf(code, signal)));
    this.letGo();
  }

  /** Whether it reads no more. */
  get isGone(): boolean {
    return this.loss !== null;
  }

  /** The text, or an error whose message says what is wrong. Rejects for what the process could not do, and with the signal's reason. */
  async read(message: ReadMessage, signal?: AbortSignal): Promise<ReadAnswer> {
    const end = await this.endOf(message, signal);
    if ('lost' in end) throw end.lost;
    return end.answer;
  }

  /** Ends the process at once. */
  async end(): Promise<void> {
    this.finish(new UnreadableDocumentError('its reader was closed'));
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
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
        this.letGo();
        resolve(end);
      };
      this.child.ref();
      this.child.channel?.ref();
      this.child.send({ bytes, ...more } satisfies ReadMessage, (error) => {
        if (error !== null) this.finish(new UnreadableDocumentError(error.message, { cause: error }));
      });
    });
  }

  /** A process at rest must not keep the program alive. */
  private letGo(): void {
    this.child.unref();
    this.child.channel?.unref();
  }

  private lossOf(code: number | null, signal: NodeJS.Signals | null): Error {
    if (signal !== null && OUT_OF_MEMORY.has(signal))
      return new UnreadableDocumentError(`it needs more than ${String(this.bounds.memoryMb)} MB of memory (DOCUMENT_MEMORY)`);
    return new UnreadableDocumentError(`its reader ended with ${signal ?? `code ${String(code)}`}`);
  }

  private finish(lost: Error): void {
    this.loss ??= lost;
    this.child.kill('SIGKILL');
    this.waiting?.({ lost: this.loss });
  }
}
