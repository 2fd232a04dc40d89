import { Injectable } from '@nestjs/common';
import { Entities, type Tx } from '#platform/database';
import { AppModelConfigEntity } from '../entities/app-model-config.entity.js';

const BATCH = 500;

/** Rows of `app_model_configs`. */
@Injectable()
export class AppModelConfigRepository {
  constructor(private readonly entities: Entities) {}

  async insert(config: AppModelConfigEntity, tx: Tx): Promise<void> {
    await this.entities.of(AppModelConfigEntity, tx).insert(config);
  }

  find(tenantId: string, id: string): Promise<AppModelConfigEntity | null> {
    return this.entities.of(AppModelConfigEntity).findOneBy({ tenantId, id });
  }

  /** Configurations by their ids; unknown ids are left out. */
  async findMany(tenantId: string, ids: readonly string[]): Promise<Map<string, AppModelConfigEntity>> {
    if (ids.length === 0) return new Map();
    const rows = await this.entities
      .of(AppModelConfigEntity)
      .createQueryBuilder('config')
      .where('config.tenantId = :tenantId and config.id in (:...ids)', { tenantId, ids: [...ids] })
      .getMany();
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Removes some configurations of an app; true while there are more. */
  async purge(tenantId: string, appId: string): Promise<boolean> {
    const rows = await this.entities.of(AppModelConfigEntity).find({ select: { id: true }, where: { tenantId, appId }, take: BATCH });
    if (rows.length > 0) await this.entities.of(AppModelConfigEntity).delete(rows.map((row) => row.id));
    return rows.length === BATCH;
  }
}
