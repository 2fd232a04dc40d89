import { Injectable } from '@nestjs/common';
import { Sql, type Tx } from '#platform/database';

/** The row of `dify_setups`. */
@Injectable()
export class SetupRepository {
  constructor(private readonly sql: Sql) {}

  /** When the installation was set up; null before. */
  async findTime(tx?: Tx): Promise<Date | null> {
    const row = await this.sql.row<{ setup_at: Date }>('select setup_at from dify_setups order by setup_at limit 1', [], tx);
    return row?.setup_at ?? null;
  }

  /** Notes the set-up; false when it is noted already, also by a transaction that is still open: it is waited for. */
  async insert(version: string, tx: Tx): Promise<boolean> {
    return (
      (await this.sql.run(
        'insert into dify_setups (version, setup_at) values ($1, $2) on conflict do nothing',
        [version, new Date()],
        tx,
      )) === 1
    );
  }
}
