import { Injectable } from '@nestjs/common';
import { RedisConnections } from './redis-connections.js';

/** The readiness of Redis. */
@Injectable()
export class RedisHealth {
  constructor(private readonly connections: RedisConnections) {}

  /** Whether this process uses Redis at all. */
  get isConfigured(): boolean {
    return this.connections.isConfigured;
  }

  /** Resolves when Redis answers, or is not configured. @throws UnavailableError `redis_unavailable` within the command timeout. */
  async check(): Promise<void> {
    if (this.isConfigured) await this.connections.run((redis) => redis.ping());
  }
}
