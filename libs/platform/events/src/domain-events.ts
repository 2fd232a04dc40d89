import { Injectable, Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { Transactions, type Tx } from '#platform/database';
import type { DomainEventMap, DomainEventName } from './domain-event-map.js';

/**
 * Tells other features of this process what happened: best effort, after the commit. An event never carries an invariant. What
 * must be there when the request ends is done in the same transaction by a participant; what must happen later is a job.
 */
@Injectable()
export class DomainEvents {
  private readonly logger = new Logger('DomainEvents');

  constructor(
    private readonly emitter: EventEmitter2,
    private readonly transactions: Transactions,
  ) {}

  /** Tells it now, or after the commit of `tx`; never when that is rolled back. Listeners run on their own: nothing they throw comes back. */
  emit<N extends DomainEventName>(name: N, payload: DomainEventMap[N], tx?: Tx): void {
    if (tx === undefined) this.deliver(name, payload);
    else this.transactions.afterCommit(tx, () => this.deliver(name, payload));
  }

  private deliver(name: string, payload: unknown): void {
    for (const listener of this.emitter.listeners(name)) {
      setImmediate(() => {
        this.call(name, () => (listener as (payload: unknown) => unknown)(payload));
      });
    }
  }

  private call(name: string, listen: () => unknown): void {
    const failed = (error: unknown): void => this.logger.error('a listener of a domain event failed', { event: name, error });
    try {
      Promise.resolve(listen()).catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}
