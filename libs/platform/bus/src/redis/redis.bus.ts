import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Json } from '#common';
import { Bus, type BusHandler } from '../bus.port.js';
import { RedisConnections } from './redis-connections.js';

/** The bus over Redis pub/sub: one subscription a channel, however many handlers. */
@Injectable()
export class RedisBus extends Bus implements OnModuleInit {
  private readonly logger = new Logger('Bus');
  private readonly channels = new Map<string, Set<BusHandler>>();
  private readonly reconnectHandlers: (() => void)[] = [];
  private subscribed = false;

  constructor(private readonly connections: RedisConnections) {
    super();
  }

  override get isConnected(): boolean {
    return this.subscribed && this.connections.isUp;
  }

  async onModuleInit(): Promise<void> {
    await this.connections.onModuleInit();
    const { subscriber } = this.connections;
    subscriber.on('message', (name: string, text: string) => this.received(name, text));
    subscriber.on('ready', () => void this.resubscribe());
    subscriber.on('close', () => (this.subscribed = false));
    if (subscriber.status === 'ready') await this.resubscribe();
  }

  override async publish(channel: string, message: Json): Promise<void> {
    await this.connections.run((redis) => redis.publish(this.name(channel), JSON.stringify(message)));
  }

  override async subscribe(channel: string, handler: BusHandler): Promise<() => Promise<void>> {
    const name = this.name(channel);
    const existing = this.channels.get(name);
    const handlers = existing ?? new Set<BusHandler>();
    const own: BusHandler = (message) => handler(message);
    handlers.add(own);
    this.channels.set(name, handlers);
    if (existing === undefined) await this.connections.subscriber.subscribe(name).catch(() => undefined);
    return async () => {
      if (!handlers.delete(own) || handlers.size > 0) return;
      this.channels.delete(name);
      await this.connections.subscriber.unsubscribe(name).catch(() => undefined);
    };
  }

  override onReconnect(handler: () => void): void {
    this.reconnectHandlers.push(handler);
  }

  /** Name of a channel in Redis; for those who publish within a pipeline of their own. */
  name(channel: string): string {
    return this.connections.key('bus', channel);
  }

  /** By hand instead of by ioredis: handlers may rely on messages only after the server confirmed the subscriptions. */
  private async resubscribe(): Promise<void> {
    const { subscriber } = this.connections;
    try {
      if (this.channels.size > 0) await subscriber.subscribe(...this.channels.keys());
      this.subscribed = true;
    } catch {
      subscriber.disconnect(true);
      return;
    }
    for (const handler of this.reconnectHandlers) handler();
  }

  private received(name: string, text: string): void {
    for (const handler of [...(this.channels.get(name) ?? [])]) {
      try {
        handler(JSON.parse(text));
      } catch (error) {
        this.logger.error('bus handler failed', { channel: name, error });
      }
    }
  }
}
