import { Injectable } from '@nestjs/common';
import { LockBusyError } from '../bus.errors.js';
import { type LockOptions, Locks } from '../locks.port.js';

/** Locks of a single process, first come first served. A holder can't die without its waiters, so no lock expires. */
@Injectable()
export class MemoryLocks extends Locks {
  /** Who waits for a key that is held; a key without entry is free. */
  private readonly held = new Map<string, (() => void)[]>();

  override async with<T>(key: string, options: LockOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    await this.acquire(key, options.waitMs);
    try {
      return await work(new AbortController().signal);
    } finally {
      this.release(key);
    }
  }

  private async acquire(key: string, waitMs: number): Promise<void> {
    const waiters = this.held.get(key);
    if (waiters === undefined) {
      this.held.set(key, []);
      return;
    }
    if (waitMs <= 0) throw new LockBusyError(key);
    await new Promise<void>((resolve, reject) => {
      const granted = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiters.splice(waiters.indexOf(granted), 1);
        reject(new LockBusyError(key));
      }, waitMs);
      waiters.push(granted);
    });
  }

  private release(key: string): void {
    const next = this.held.get(key)?.shift();
    if (next === undefined) this.held.delete(key);
    else next();
  }
}
