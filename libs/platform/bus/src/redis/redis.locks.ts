import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { LockBusyError, LockLostError } from '../bus.errors.js';
import { type LockOptions, Locks } from '../locks.port.js';
import { RedisConnections } from './redis-connections.js';

const RENEW = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`;
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 250;

/** Locks as keys with an end, owned by a random token and renewed at a third of their time. */
@Injectable()
export class RedisLocks extends Locks {
  private readonly logger = new Logger('Locks');

  constructor(private readonly connections: RedisConnections) {
    super();
  }

  override async with<T>(key: string, options: LockOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const name = this.connections.key('lock', key);
    const token = randomUUID();
    await this.acquire(key, name, token, options);
    const lost = new AbortController();
    const stopRenewal = this.keep(key, name, token, options.ttlMs, lost);
    try {
      return await work(lost.signal);
    } finally {
      stopRenewal();
      await this.release(name, token);
    }
  }

  private async acquire(key: string, name: string, token: string, options: LockOptions): Promise<void> {
    const deadline = Date.now() + options.waitMs;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
      const taken = await this.connections.run((redis) => redis.set(name, token, 'PX', options.ttlMs, 'NX'));
      if (taken === 'OK') return;
      const left = deadline - Date.now();
      if (left <= 0) throw new LockBusyError(key);
      await sleep(Math.min(left, pause * (0.5 + Math.random())));
    }
  }

  /** Renews until stopped; fires `lost` when the lock is gone or its time ran out without a successful renewal. */
  private keep(key: string, name: string, token: string, ttlMs: number, lost: AbortController): () => void {
    let validUntil = Date.now() + ttlMs;
    let timer: NodeJS.Timeout;
    let stopped = false;
    const renew = async (): Promise<void> => {
      const began = Date.now();
      try {
        const kept = await this.connections.run((redis) => redis.eval(RENEW, 1, name, token, ttlMs));
        if (kept !== 1) lost.abort(new LockLostError(key));
        else validUntil = began + ttlMs;
      } catch (error) {
        if (Date.now() >= validUntil) lost.abort(new LockLostError(key, error));
      }
      if (!stopped && !lost.signal.aborted) schedule();
    };
    const schedule = (): void => {
      timer = setTimeout(() => void renew(), Math.max(1, Math.min(ttlMs / 3, validUntil - Date.now())));
    };
    schedule();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }

  private async release(name: string, token: string): Promise<void> {
    try {
      await this.connections.run((redis) => redis.eval(RELEASE, 1, name, token));
    } catch (error) {
      this.logger.warn('lock could not be released; it ends by itself', { name, error });
    }
  }
}
