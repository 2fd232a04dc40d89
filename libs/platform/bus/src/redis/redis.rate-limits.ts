import { Injectable } from '@nestjs/common';
import { type RateLimit, type RateLimitResult, RateLimits } from '../rate-limits.port.js';
import { RedisConnections } from './redis-connections.js';

/** Counts and starts the window in one step; a counter without end (made by an older server) gets one. */
const HIT = `local count = redis.call('incr', KEYS[1])
local left = redis.call('pttl', KEYS[1])
if left < 0 then redis.call('pexpire', KEYS[1], ARGV[1]) left = tonumber(ARGV[1]) end
return {count, left}`;

/** Counters in Redis, one key a window. */
@Injectable()
export class RedisRateLimits extends RateLimits {
  constructor(private readonly connections: RedisConnections) {
    super();
  }

  override async hit(key: string, limit: RateLimit): Promise<RateLimitResult> {
    const reply = await this.connections.run((redis) => redis.eval(HIT, 1, this.name(key), limit.windowSeconds * 1000));
    const [count, leftMs] = reply as [number, number];
    return { allowed: count <= limit.limit, count, resetSeconds: Math.max(1, Math.ceil(leftMs / 1000)) };
  }

  override async count(key: string): Promise<number> {
    return Number((await this.connections.run((redis) => redis.get(this.name(key)))) ?? 0);
  }

  override async clear(key: string): Promise<void> {
    await this.connections.run((redis) => redis.del(this.name(key)));
  }

  private name(key: string): string {
    return this.connections.key('rate', key);
  }
}
