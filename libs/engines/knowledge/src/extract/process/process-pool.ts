import { WaitingLine } from '#common';
import { UnreadableDocumentError } from '../extract.errors.js';
import type { ReadingProcess } from './reading-process.js';

/** Bounds of a pool of processes. */
export interface ProcessPoolOptions {
  /** Most processes. */
  readonly maxProcesses: number;
  /** How long a process without work is kept. Unit: milliseconds. */
  readonly idleMs: number;
}

/** Processes that are started when there is work and none is free, and ended when they have rested for a while. Who finds none waits for its turn. */
export class ProcessPool {
  private readonly processes = new Set<ReadingProcess>();
  private readonly idle = new Map<ReadingProcess, NodeJS.Timeout>();
  private readonly line = new WaitingLine<ReadingProcess>();
  private isClosed = false;

  constructor(
    private readonly options: ProcessPoolOptions,
    private readonly start: () => ReadingProcess,
  ) {}

  /** Processes that live. */
  get size(): number {
    return this.processes.size;
  }

  /** Uses a process alone. Rejects with the signal's reason when it fires before there is one. */
  async use<T>(work: (process: ReadingProcess) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const process = await this.acquire(signal);
    try {
      return await work(process);
    } finally {
      this.release(process);
    }
  }

  /** Ends all processes: what they read fails, and so does who waits or comes later. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.line.refuseAll(closed());
    await Promise.all([...this.processes].map((process) => process.end()));
    this.processes.clear();
  }

  private acquire(signal?: AbortSignal): Promise<ReadingProcess> {
    if (this.isClosed) return Promise.reject(closed());
    const free = this.takeIdle() ?? (this.processes.size < this.options.maxProcesses ? this.startOne() : undefined);
    return free === undefined ? this.line.wait(signal) : Promise.resolve(free);
  }

  private takeIdle(): ReadingProcess | undefined {
    for (const [process, timer] of this.idle) {
      clearTimeout(timer);
      this.idle.delete(process);
      if (!process.isGone) return process;
      this.processes.delete(process);
    }
    return undefined;
  }

  private startOne(): ReadingProcess {
    const process = this.start();
    this.processes.add(process);
    return process;
  }

  private release(process: ReadingProcess): void {
    if (process.isGone) this.processes.delete(process);
    if (this.line.length > 0) this.line.serve(process.isGone ? this.startOne() : process);
    else if (!process.isGone) this.rest(process);
  }

  private rest(process: ReadingProcess): void {
    const timer = setTimeout(() => {
      this.idle.delete(process);
      this.processes.delete(process);
      void process.end();
    }, this.options.idleMs);
    timer.unref();
    this.idle.set(process, timer);
  }
}

function closed(): UnreadableDocumentError {
  return new UnreadableDocumentError('its reader was closed');
}
