import { abortError, WaitingLine } from '#common';
import { CodeFailure, limitFailure } from '../sandbox.errors.js';
import type { WorkerProcess } from './worker-process.js';

/** Bounds of one language's workers. */
export interface PoolOptions {
  /** Most worker processes. */
  maxWorkers: number;
  /** How long a worker without work is kept. Unit: milliseconds. */
  idleMs: number;
  /** Most runs that wait for a worker; further ones are refused. */
  queueLength: number;
  /** How long a run waits for a worker before it is refused. Unit: milliseconds. */
  queueWaitMs: number;
}

/** The workers of one language: none at first, one more for each run that finds none free, none again when idle. */
export class WorkerPool {
  private readonly workers = new Set<WorkerProcess>();
  private readonly idle = new Map<WorkerProcess, NodeJS.Timeout>();
  private readonly line = new WaitingLine<WorkerProcess>();
  private readonly unready = new Set<WorkerProcess>();
  private starting = 0;
  private isClosed = false;

  constructor(
    private readonly options: PoolOptions,
    private readonly makeWorker: () => Promise<WorkerProcess>,
  ) {}

  /** Process numbers of the workers that live, for memory figures and tests. */
  get pids(): number[] {
    return [...this.workers, ...this.unready].flatMap(({ pid }) => pid ?? []);
  }

  /** Uses a worker alone. Rejects with a {@link CodeFailure} when there is none in time, with the signal's reason when it fires before. */
  async use<T>(work: (worker: WorkerProcess) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const worker = await this.acquire(signal);
    try {
      return await work(worker);
    } finally {
      this.release(worker);
    }
  }

  /** Has a worker ready before it is needed. */
  async warm(): Promise<void> {
    await this.use(() => Promise.resolve());
  }

  /** Ends all workers and refuses who waits. */
  close(): void {
    this.isClosed = true;
    this.line.refuseAll(closed());
    for (const worker of [...this.workers, ...this.unready]) worker.kill();
  }

  private acquire(signal?: AbortSignal): Promise<WorkerProcess> {
    if (signal?.aborted) return Promise.reject(abortError(signal));
    if (this.isClosed) return Promise.reject(closed());
    for (const [worker, timer] of this.idle) {
      clearTimeout(timer);
      this.idle.delete(worker);
      if (!worker.isGone) return Promise.resolve(worker);
    }
    if (this.line.length >= this.options.queueLength) return Promise.reject(limitFailure('queueLength', this.options.queueLength));
    const { queueWaitMs } = this.options;
    const promise = this.line.wait(signal, { ms: queueWaitMs, refusal: () => limitFailure('queueWaitMs', queueWaitMs) });
    this.grow();
    return promise;
  }

  private grow(): void {
    while (this.line.length > this.starting && this.workers.size + this.starting < this.options.maxWorkers && !this.isClosed) {
      this.starting += 1;
      void this.start();
    }
  }

  private async start(): Promise<void> {
    try {
      const worker = await this.makeReady();
      this.starting -= 1;
      this.workers.add(worker);
      void worker.ended.then(() => this.forget(worker));
      this.release(worker);
    } catch (error) {
      this.starting -= 1;
      // Others may still serve the queue; with none of them every wait would be in vain.
      if (this.workers.size === 0 && this.starting === 0) this.line.refuseAll(cannotStart(error));
    }
  }

  private async makeReady(): Promise<WorkerProcess> {
    const worker = await this.makeWorker();
    this.unready.add(worker);
    if (this.isClosed) worker.kill();
    try {
      await worker.ready;
      return worker;
    } finally {
      this.unready.delete(worker);
    }
  }

  private release(worker: WorkerProcess): void {
    if (worker.isGone || this.isClosed) this.forget(worker);
    else if (!this.line.serve(worker)) this.rest(worker);
  }

  private rest(worker: WorkerProcess): void {
    const timer = setTimeout(() => {
      this.idle.delete(worker);
      worker.kill();
    }, this.options.idleMs);
    timer.unref();
    this.idle.set(worker, timer);
  }

  private forget(worker: WorkerProcess): void {
    worker.kill();
    clearTimeout(this.idle.get(worker));
    this.idle.delete(worker);
    if (this.workers.delete(worker)) this.grow();
  }
}

function closed(): CodeFailure {
  return new CodeFailure({ reason: 'unavailable', message: 'The code sandbox has been closed.' });
}

function cannotStart(error: unknown): CodeFailure {
  const message = `The code sandbox can't start its worker: ${(error as Error).message}`;
  return new CodeFailure({ reason: 'unavailable', message, cause: error });
}
