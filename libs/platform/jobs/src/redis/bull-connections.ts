import type { Redis } from 'ioredis';
import type { RedisConnections } from '#platform/bus';

/** What Bull demands of its connections: to wait out an outage, and no ready check. */
const BULL_RULES = {
  lazyConnect: false,
  maxRetriesPerRequest: null,
  enableReadyCheck: false,
  enableOfflineQueue: true,
  autoResendUnfulfilledCommands: true,
  commandTimeout: undefined,
} as const;

/** The connections of all Bull queues of a process: one for commands and one for subscriptions shared, a blocking one for each queue at work. */
export class BullConnections {
  private shared: { client?: Redis; subscriber?: Redis } = {};
  private readonly blocking: Redis[] = [];

  constructor(private readonly connections: RedisConnections) {}

  /** Bull's `createClient`. */
  readonly create = (type: 'client' | 'subscriber' | 'bclient'): Redis => {
    if (type !== 'bclient') {
      this.shared[type] ??= this.connections.create({ ...BULL_RULES, connectionName: `baya-bull-${type}` }).setMaxListeners(0);
      return this.shared[type];
    }
    const redis = this.connections.create({ ...BULL_RULES, connectionName: 'baya-bull-blocking' });
    this.blocking.push(redis);
    return redis;
  };

  /** Closes them all, whatever they wait for. */
  close(): void {
    for (const redis of [this.shared.client, this.shared.subscriber, ...this.blocking]) redis?.disconnect();
  }
}
