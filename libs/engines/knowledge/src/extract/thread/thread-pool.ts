import { UnreadableDocumentError } from '../extract.errors.js';
import type { ReadingThread } from './reading-thread.js';

/** Bounds of a pool of threads. */
export interface ThreadPoolOptions {
  /** Most threads. */
  readonly maxThreads: number;
  /** How long a thread without work is kept. Unit: milliseconds. */
  readonly idleMs: number;
}

interface Waiter {
  take(thread: ReadingThread): void;
  refuse(reason: Error): void;
}

/** Threads that are started when there is work and none is free, and ended when they have rested for a while. Who finds none waits for its turn. */
export class ThreadPool {
  private readonly threads = new Set<ReadingThread>();
  private readonly idle = new Map<ReadingThread, NodeJS.Timeout>();
  private readonly queue: Waiter[] = [];
  private isClosed = false;

  constructor(
    private readonly options: ThreadPoolOptions,
    private readonly start: () => ReadingThread,
  ) {}

  /** Threads that live. */
  get size(): number {
    return this.threads.size;
  }

  /** Uses a thread alone. Rejects with the signal's reason when it fires before there is one. */
  async use<T>(work: (thread: ReadingThread) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const thread = await this.acquire(signal);
    try {
      return await work(thread);
    } finally {
      this.release(thread);
    }
  }

  /** Ends all threads: what they read fails, and so does who waits or comes later. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const waiter of [...this.queue]) waiter.refuse(closed());
    await Promise.all([...this.threads].map((thread) => thread.end()));
    this.threads.clear();
  }

  private acquire(signal?: AbortSignal): Promise<ReadingThread> {
    if (this.isClosed) return Promise.reject(closed());
    const free = this.takeIdle() ?? (this.threads.size < this.options.maxThreads ? this.startThread() : undefined);
    return free === undefined ? this.wait(signal) : Promise.resolve(free);
  }

  private wait(signal?: AbortSignal): Promise<ReadingThread> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        signal?.removeEventListener('abort', giveUp);
        this.queue.splice(this.queue.indexOf(waiter), 1);
      };
      const waiter: Waiter = {
        take: (thread) => {
          settle();
          resolve(thread);
        },
        refuse: (reason) => {
          settle();
          reject(reason);
        },
      };
      const giveUp = (): void => waiter.refuse(signal?.reason as Error);
      signal?.addEventListener('abort', giveUp, { once: true });
      this.queue.push(waiter);
    });
  }

  private takeIdle(): ReadingThread | undefined {
    for (const [thread, timer] of this.idle) {
      clearTimeout(timer);
      this.idle.delete(thread);
      if (!thread.isGone) return thread;
      this.threads.delete(thread);
    }
    return undefined;
  }

  private startThread(): ReadingThread {
    const thread = this.start();
    this.threads.add(thread);
    return thread;
  }

  private release(thread: ReadingThread): void {
    if (thread.isGone) this.threads.delete(thread);
    const [next] = this.queue;
    if (next !== undefined) next.take(thread.isGone ? this.startThread() : thread);
    else if (!thread.isGone) this.rest(thread);
  }

  private rest(thread: ReadingThread): void {
    const timer = setTimeout(() => {
      this.idle.delete(thread);
      this.threads.delete(thread);
      void thread.end();
    }, this.options.idleMs);
    timer.unref();
    this.idle.set(thread, timer);
  }
}

function closed(): UnreadableDocumentError {
  return new UnreadableDocumentError('its reader was closed');
}
