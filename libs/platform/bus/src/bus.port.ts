import type { Json } from '#common';

/** Takes a message of a channel. What it throws is logged and never reaches the publisher. */
export type BusHandler = (message: unknown) => void;

/**
 * Messages among all processes, the publisher's own included. Delivery is at most once: what must not be lost is a row
 * or a job, and a message only makes it quicker.
 */
export abstract class Bus {
  /** Whether messages arrive at present. While false, a listener may have missed some. */
  abstract readonly isConnected: boolean;

  /** Sends a message to every subscriber of the channel. @throws UnavailableError `redis_unavailable` within the command timeout. */
  abstract publish(channel: string, message: Json): Promise<void>;

  /** Listens until the returned function is called. During an outage it resolves too, and takes effect with the reconnection. */
  abstract subscribe(channel: string, handler: BusHandler): Promise<() => Promise<void>>;

  /** Calls the handler whenever subscriptions took effect (again): messages may have been missed before. */
  abstract onReconnect(handler: () => void): void;
}
