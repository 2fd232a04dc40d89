import { Injectable } from '@nestjs/common';
import { Entities, Sql, type Tx } from '#platform/database';
import { AppEntity } from '../entities/app.entity.js';

/** What a list of apps is narrowed to. */
export interface AppFilter {
  mode?: string;
  /** Part of the name. */
  name?: string;
  createdBy?: string;
  page: number;
  limit: number;
}

/** Rows of `apps`. */
@Injectable()
export class AppRepository {
  constructor(
    private readonly entities: Entities,
    private readonly sql: Sql,
  ) {}

  async insert(app: AppEntity, tx: Tx): Promise<void> {
    await this.entities.of(AppEntity, tx).insert(app);
  }

  find(tenantId: string, id: string, tx?: Tx): Promise<AppEntity | null> {
    return this.entities.of(AppEntity, tx).findOneBy({ tenantId, id });
  }

  /** Locks the row until the transaction ends. */
  async lock(tenantId: string, id: string, tx: Tx): Promise<void> {
    await this.sql.row('select id from apps where tenant_id = $1 and id = $2 for update', [tenantId, id], tx);
  }

  async update(tenantId: string, id: string, changes: Partial<AppEntity>, tx?: Tx): Promise<void> {
    await this.entities.of(AppEntity, tx).update({ tenantId, id }, changes);
  }

  /** Whether there was such an app. */
  async delete(tenantId: string, id: string, tx: Tx): Promise<boolean> {
    return ((await this.entities.of(AppEntity, tx).delete({ tenantId, id })).affected ?? 0) > 0;
  }

  /** One page, newest first, and the number of all that match. */
  async list(tenantId: string, filter: AppFilter): Promise<{ apps: AppEntity[]; total: number }> {
    const query = this.entities
      .of(AppEntity)
      .createQueryBuilder('app')
      .where('app.tenantId = :tenantId and app.isUniversal = false', { tenantId })
      .orderBy('app.createdAt', 'DESC')
      .addOrderBy('app.id', 'DESC')
      .skip((filter.page - 1) * filter.limit)
      .take(filter.limit);
    if (filter.mode !== undefined) query.andWhere('app.mode = :mode', { mode: filter.mode });
    if (filter.createdBy !== undefined) query.andWhere('app.createdBy = :createdBy', { createdBy: filter.createdBy });
    if (filter.name !== undefined) query.andWhere('app.name ilike :name', { name: `%${filter.name.replace(/[\\%_]/g, '\\$&')}%` });
    const [apps, total] = await query.getManyAndCount();
    return { apps, total };
  }

  /** Names of the accounts that made apps, by their ids. */
  async authorNames(accountIds: readonly string[]): Promise<Map<string, string>> {
    if (accountIds.length === 0) return new Map();
    const rows = await this.sql.rows<{ id: string; name: string }>('select id, name from accounts where id = any($1::uuid[])', [
      accountIds,
    ]);
    return new Map(rows.map((row) => [row.id, row.name]));
  }
}
