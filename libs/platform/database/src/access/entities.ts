import type { DataSource, EntityTarget, ObjectLiteral, Repository } from 'typeorm';
import type { Transactions, Tx } from './transactions.js';

/** TypeORM's repositories, for the plain work of the console. In `repositories/` only; never on the run path. */
export class Entities {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /** The repository of an entity, bound to the transaction when one is given. */
  of<E extends ObjectLiteral>(entity: EntityTarget<E>, tx?: Tx): Repository<E> {
    if (tx) return tx.manager.getRepository(entity);
    this.transactions.assertOutside();
    return this.dataSource.getRepository(entity);
  }
}
