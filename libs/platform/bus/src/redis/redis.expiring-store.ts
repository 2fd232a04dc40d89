import { Injectable } from '@nestjs/common';
import { ExpiringStore } from '../expiring-store.port.js';
import { RedisConnections } from './redis-connections.js';

/** Values as Redis keys with an end. They do not follow a transaction: write them after its commit where that matters. */
@Injectable()
export class RedisExpiringStore extends ExpiringStore {
  constructor(private readonly connections: RedisConnections) {
    super();
  }

  override async set(key: string, value: string, ttlSeconds: number): Promise<void> {
    await this.connections.run((redis) => redis.set(this.name(key), value, 'PX', Math.ceil(ttlSeconds * 1000)));
  }

  override async get(key: string): Promise<string | null> {
    return this.connections.run((redis) => redis.get(this.name(key)));
  }

  override async take(key: string): Promise<string | null> {
    return this.connections.run((redis) => redis.getdel(this.name(key)));
  }

  override async delete(key: string): Promise<void> {
    await this.connections.run((redis) => redis.del(this.name(key)));
  }

  private name(key: string): string {
    return this.connections.key('expiring', key);
  }
}
