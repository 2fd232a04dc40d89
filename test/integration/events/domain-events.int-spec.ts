import { Global, Injectable, Module, type INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Transactions, type Tx } from '#platform/database';
import { DomainEvents, EventsModule, OnDomainEvent } from '#platform/events';
import { until } from '../../support/redis.js';

declare module '#platform/events' {
  interface DomainEventMap {
    'spec.happened': { id: string };
    'spec.failed': { id: string };
  }
}

@Injectable()
class Listener {
  readonly heard: string[] = [];

  @OnDomainEvent('spec.happened')
  onHappened(event: { id: string }): void {
    this.heard.push(`happened ${event.id}`);
  }

  @OnDomainEvent('spec.failed')
  throwAtOnce(): void {
    throw new Error('listener');
  }

  @OnDomainEvent('spec.failed')
  async throwLater(): Promise<void> {
    await Promise.resolve();
    throw new Error('listener');
  }

  @OnDomainEvent('spec.failed')
  onFailed(event: { id: string }): void {
    this.heard.push(`failed ${event.id}`);
  }
}

/** Collects what waits for a commit, as the real one does. */
class HeldTransactions {
  readonly effects: (() => void)[] = [];

  afterCommit(_tx: Tx, effect: () => void): void {
    this.effects.push(effect);
  }
}

const held = new HeldTransactions();

@Global()
@Module({ providers: [{ provide: Transactions, useValue: held }], exports: [Transactions] })
class TransactionsModule {}

describe('DomainEvents', () => {
  let app: INestApplicationContext;
  let events: DomainEvents;
  let listener: Listener;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [TransactionsModule, EventsModule], providers: [Listener] }).compile();
    module.useLogger(false);
    app = await module.init();
    events = app.get(DomainEvents);
    listener = app.get(Listener);
  });
  beforeEach(() => listener.heard.splice(0));
  afterAll(() => app.close());

  it('should call the listeners of that name after the current turn', async () => {
    events.emit('spec.happened', { id: '1' });

    expect(listener.heard).toEqual([]);
    await until(() => listener.heard.length === 1, 'the listener heard it');
    expect(listener.heard).toEqual(['happened 1']);
  });

  it('should wait for the commit when a transaction is given', async () => {
    events.emit('spec.happened', { id: '2' }, {} as Tx);
    await new Promise((resolve) => setImmediate(resolve));
    expect(listener.heard).toEqual([]);

    held.effects.forEach((effect) => effect());

    await until(() => listener.heard.length === 1, 'the listener heard it');
  });

  it('should reach the other listeners when one throws, now or later', async () => {
    expect(() => events.emit('spec.failed', { id: '3' })).not.toThrow();

    await until(() => listener.heard.length === 1, 'the last listener heard it');
    expect(listener.heard).toEqual(['failed 3']);
  });
});
