import { Injectable } from '@nestjs/common';
import { type RateLimit, type RateLimitResult, RateLimits } from '../rate-limits.port.js';

interface Window {
  count: number;
  endsAt: number;
}

const SWEEP_EVERY = 10_000;

/** Counters of a single process. Windows that ended are swept once in a while, so that one-time keys do not pile up. */
@Injectable()
export class MemoryRateLimits extends RateLimits {
  private readonly windows = new Map<string, Window>();
  private untilSweep = SWEEP_EVERY;

  override async hit(key: string, limit: RateLimit): Promise<RateLimitResult> {
    const now = Date.now();
    this.sweep(now);
    let window = this.current(key, now);
    if (window === undefined) {
      window = { count: 0, endsAt: now + limit.windowSeconds * 1000 };
      this.windows.set(key, window);
    }
    window.count += 1;
    return {
      allowed: window.count <= limit.limit,
      count: window.count,
      resetSeconds: Math.max(1, Math.ceil((window.endsAt - now) / 1000)),
    };
  }

  override async count(key: string): Promise<number> {
    return this.current(key, Date.now())?.count ?? 0;
  }

  override async clear(key: string): Promise<void> {
    this.windows.delete(key);
  }

  private current(key: string, now: number): Window | undefined {
    const window = this.windows.get(key);
    return window !== undefined && window.endsAt > now ? window : undefined;
  }

  private sweep(now: number): void {
    if (--this.untilSweep > 0) return;
    this.untilSweep = SWEEP_EVERY;
    for (const [key, window] of this.windows) if (window.endsAt <= now) this.windows.delete(key);
  }
}
