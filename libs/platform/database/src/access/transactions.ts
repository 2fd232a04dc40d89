import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { mapDatabaseError, QueryOutsideTransactionError } from '../database.errors.js';

/** An open transaction. Opaque outside repositories: services only hand it on. */
export interface Tx {
  /** TypeORM's manager bound to the transaction's connection. */
  readonly manager: EntityManager;
}

interface OpenTransaction extends Tx {
  readonly effects: (() => void | Promise<void>)[];
  isOpen: boolean;
}

/** Opens transactions. Services open them, repositories use them; no model call, HTTP call or foreign query inside. */
export class Transactions {
  private readonly logger = new Logger('database');
  /** Used with a single session only, and while a transaction is open: Node keeps it by hooks that make every promise of the process slower. */
  private readonly current = new AsyncLocalStorage<OpenTransaction>();
  private opened = 0;

  constructor(
    private readonly dataSource: DataSource,
    /** Refuse queries beside an open transaction of the same call (embedded database: they would wait for ever). */
    private readonly isSingleSession: boolean,
  ) {}

  /**
   * Runs work in a transaction: committed when it resolves, rolled back when it throws. With `outer` the work joins that
   * transaction. Throws `database_unavailable` (503) when the database can't be reached.
   */
  async run<T>(work: (tx: Tx) => Promise<T>, outer?: Tx): Promise<T> {
    if (outer) return work(outer);
    this.assertOutside();
    const runner = this.dataSource.createQueryRunner();
    const tx: OpenTransaction = { manager: runner.manager, effects: [], isOpen: true };
    let result: T;
    try {
      await runner.startTransaction();
      result = await (this.isSingleSession ? this.guarded(tx, work) : work(tx));
      await runner.commitTransaction();
    } catch (error) {
      await rollBack(runner);
      throw mapDatabaseError(error);
    } finally {
      tx.isOpen = false;
      await runner.release();
    }
    await this.runEffects(tx.effects);
    return result;
  }

  /** Runs an effect once the outermost transaction has been committed; never when it is rolled back. A failing effect is logged. */
  afterCommit(tx: Tx, effect: () => void | Promise<void>): void {
    (tx as OpenTransaction).effects.push(effect);
  }

  /** Throws when the calling code holds a transaction open and is about to query beside it. */
  assertOutside(): void {
    if (this.isSingleSession && this.current.getStore()?.isOpen === true) throw new QueryOutsideTransactionError();
  }

  private async guarded<T>(tx: OpenTransaction, work: (tx: Tx) => Promise<T>): Promise<T> {
    this.opened += 1;
    try {
      return await this.current.run(tx, () => work(tx));
    } finally {
      this.opened -= 1;
      if (this.opened === 0) this.current.disable();
    }
  }

  private async runEffects(effects: readonly (() => void | Promise<void>)[]): Promise<void> {
    for (const effect of effects) {
      try {
        await effect();
      } catch (error) {
        this.logger.error('An effect after a commit failed', error instanceof Error ? error.stack : String(error));
      }
    }
  }
}

async function rollBack(runner: QueryRunner): Promise<void> {
  if (!runner.isTransactionActive || runner.isReleased) return;
  // The connection is gone or broken when this fails; the server rolls back by itself, and the first error matters.
  await runner.rollbackTransaction().catch(() => undefined);
}
