import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { isJsonObject } from '#common';
import { CacheConfig } from '#platform/config';
import { Bus } from '../bus.port.js';
import { approximateBytes } from './approximate-bytes.js';

interface Entry {
  value: unknown;
  bytes: number;
  storedAt: number;
}

interface Load {
  promise: Promise<unknown>;
  /** Set by an invalidation: what this load brings may be older than the change. */
  stale: boolean;
}

const CHANNEL = 'cache';
/** How long entries are believed while no invalidation can arrive. Unit: milliseconds. */
const UNCONNECTED_TTL_MS = 1000;
const RETRY_MS = 1000;

/**
 * Look-ups kept in the memory of each process: bounded, short-lived, and invalidated in all processes over the bus. Values are
 * shared by all callers and must not be changed. Call `invalidate` after the commit (`Transactions.afterCommit`), and never
 * `get` inside an open transaction: the load would ask beside it.
 */
@Injectable()
export class Cache implements OnModuleInit {
  private readonly logger = new Logger('Cache');
  private readonly entries = new Map<string, Entry>();
  private readonly loads = new Map<string, Load>();
  private bytes = 0;
  private hits = 0;
  private misses = 0;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly config: CacheConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    this.bus.onReconnect(() => this.clear());
    await this.bus.subscribe(CHANNEL, (message) => this.received(message));
  }

  /** The cached value, or what `load` brings. Callers of one key share one load; a load that fails is not kept. */
  async get<T>(area: string, key: string, load: () => Promise<T>): Promise<T> {
    const id = idOf(area, key);
    const entry = this.entries.get(id);
    if (entry !== undefined) {
      if (this.isFresh(entry)) {
        this.touch(id, entry);
        this.hits += 1;
        return entry.value as T;
      }
      this.remove(id);
    }
    this.misses += 1;
    return (this.loads.get(id)?.promise ?? this.begin(id, load)) as Promise<T>;
  }

  /** Makes every process read the value anew. An unreachable bus is no error for the caller: the others then forget within a second. */
  async invalidate(area: string, key: string): Promise<void> {
    this.forget(idOf(area, key));
    try {
      await this.bus.publish(CHANNEL, { area, key });
    } catch (error) {
      this.logger.warn('cache invalidation could not be sent; everything is invalidated as soon as it can', { area, error });
      this.invalidateAllLater();
    }
  }

  /** Empties the cache of this process. */
  clear(): void {
    for (const load of this.loads.values()) load.stale = true;
    this.loads.clear();
    this.entries.clear();
    this.bytes = 0;
  }

  /** Figures for metrics. */
  stats(): { entries: number; bytes: number; hits: number; misses: number } {
    return { entries: this.entries.size, bytes: this.bytes, hits: this.hits, misses: this.misses };
  }

  private begin(id: string, load: () => Promise<unknown>): Promise<unknown> {
    const running: Load = { promise: Promise.resolve(), stale: false };
    this.loads.set(id, running);
    running.promise = (async () => {
      try {
        const value = await load();
        if (!running.stale) this.store(id, value);
        return value;
      } finally {
        if (this.loads.get(id) === running) this.loads.delete(id);
      }
    })();
    return running.promise;
  }

  private store(id: string, value: unknown): void {
    const bytes = approximateBytes(value) + id.length;
    if (bytes > this.config.maxBytes) return;
    this.remove(id);
    this.entries.set(id, { value, bytes, storedAt: Date.now() });
    this.bytes += bytes;
    for (const oldest of this.entries.keys()) {
      if (this.bytes <= this.config.maxBytes && this.entries.size <= this.config.maxEntries) break;
      this.remove(oldest);
    }
  }

  /** The least recently used entries stand first. While the cache is not half full nothing will have to go, and the order does not matter. */
  private touch(id: string, entry: Entry): void {
    if (this.entries.size * 2 < this.config.maxEntries && this.bytes * 2 < this.config.maxBytes) return;
    this.entries.delete(id);
    this.entries.set(id, entry);
  }

  private isFresh(entry: Entry): boolean {
    const age = Date.now() - entry.storedAt;
    return age < (this.bus.isConnected ? this.config.ttlSeconds * 1000 : UNCONNECTED_TTL_MS);
  }

  private remove(id: string): void {
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    this.entries.delete(id);
    this.bytes -= entry.bytes;
  }

  private forget(id: string): void {
    this.remove(id);
    const load = this.loads.get(id);
    if (load === undefined) return;
    load.stale = true;
    this.loads.delete(id);
  }

  private received(message: unknown): void {
    if (!isJsonObject(message)) return;
    if (message.all === true) this.clear();
    else if (typeof message.area === 'string' && typeof message.key === 'string') this.forget(idOf(message.area, message.key));
  }

  private invalidateAllLater(): void {
    this.retry ??= setTimeout(() => {
      this.retry = undefined;
      this.bus.publish(CHANNEL, { all: true }).catch(() => this.invalidateAllLater());
    }, RETRY_MS).unref();
  }
}

function idOf(area: string, key: string): string {
  return `${area}\n${key}`;
}
