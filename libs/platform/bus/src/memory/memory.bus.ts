import { Injectable, Logger } from '@nestjs/common';
import type { Json } from '#common';
import { Bus, type BusHandler } from '../bus.port.js';

/** The bus of a single process. Messages arrive after the publisher's current turn, as copies, like those that came over a wire. */
@Injectable()
export class MemoryBus extends Bus {
  readonly isConnected = true;
  private readonly logger = new Logger('Bus');
  private readonly channels = new Map<string, Set<BusHandler>>();

  override async publish(channel: string, message: Json): Promise<void> {
    const text = JSON.stringify(message);
    setImmediate(() => {
      for (const handler of [...(this.channels.get(channel) ?? [])]) this.deliver(channel, handler, text);
    });
  }

  override async subscribe(channel: string, handler: BusHandler): Promise<() => Promise<void>> {
    const handlers = this.channels.get(channel) ?? new Set<BusHandler>();
    this.channels.set(channel, handlers);
    const own: BusHandler = (message) => handler(message);
    handlers.add(own);
    return async () => {
      handlers.delete(own);
      if (handlers.size === 0 && this.channels.get(channel) === handlers) this.channels.delete(channel);
    };
  }

  override onReconnect(_handler: () => void): void {
    // Within one process nothing is ever missed.
  }

  private deliver(channel: string, handler: BusHandler, text: string): void {
    try {
      handler(JSON.parse(text));
    } catch (error) {
      this.logger.error('bus handler failed', { channel, error });
    }
  }
}
