import { Injectable } from '@nestjs/common';
import { Entities, Sql, type Tx } from '#platform/database';
import { TenantEntity } from '../entities/tenant.entity.js';

/** Rows of `tenants`. */
@Injectable()
export class TenantRepository {
  constructor(
    private readonly entities: Entities,
    private readonly sql: Sql,
  ) {}

  findById(tenantId: string, tx?: Tx): Promise<TenantEntity | null> {
    return this.entities.of(TenantEntity, tx).findOneBy({ id: tenantId });
  }

  /** One page of all workspaces, newest first, and the number of all. */
  async list({ page, limit }: { page: number; limit: number }): Promise<{ tenants: TenantEntity[]; total: number }> {
    const [tenants, total] = await this.entities
      .of(TenantEntity)
      .findAndCount({ order: { createdAt: 'DESC', id: 'DESC' }, skip: (page - 1) * limit, take: limit });
    return { tenants, total };
  }

  async insert(tenant: TenantEntity, tx?: Tx): Promise<void> {
    await this.entities.of(TenantEntity, tx).insert(tenant);
  }

  /** Locks the row until the transaction ends. */
  async lock(tenantId: string, tx: Tx): Promise<void> {
    await this.sql.row('select id from tenants where id = $1 for no key update', [tenantId], tx);
  }

  async rename(tenantId: string, name: string): Promise<void> {
    await this.entities.of(TenantEntity).update({ id: tenantId }, { name, updatedAt: new Date() });
  }

  async updateCustomConfig(tenantId: string, customConfig: string): Promise<void> {
    await this.entities.of(TenantEntity).update({ id: tenantId }, { customConfig, updatedAt: new Date() });
  }

  /** Puts a workspace out of use. */
  async archive(tenantId: string, tx: Tx): Promise<void> {
    await this.entities.of(TenantEntity, tx).update({ id: tenantId }, { status: 'archive', updatedAt: new Date() });
  }

  async delete(tenantId: string): Promise<void> {
    await this.entities.of(TenantEntity).delete({ id: tenantId });
  }

  /** The public key of a workspace; undefined when there is no such workspace, null when it has none. */
  async findPublicKey(tenantId: string, tx?: Tx): Promise<string | null | undefined> {
    const row = await this.sql.row<{ encrypt_public_key: string | null }>(
      'select encrypt_public_key from tenants where id = $1',
      [tenantId],
      tx,
    );
    return row?.encrypt_public_key;
  }

  /** Whether a workspace exists that a person, not the system, brought about. */
  async existsOfPeople(tx?: Tx): Promise<boolean> {
    return (await this.sql.row('select 1 from tenants where not is_system limit 1', [], tx)) !== null;
  }
}
