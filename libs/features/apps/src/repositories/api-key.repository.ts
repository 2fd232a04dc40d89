import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Entities, Sql, type Tx } from '#platform/database';
import { ApiTokenEntity } from '../entities/api-token.entity.js';

/** What a request with a key is for. */
export interface KeyOwner {
  keyId: string;
  tenantId: string;
  /** Null for the keys of a workspace's knowledge. */
  appId: string | null;
}

/** Rows of `api_tokens`. */
@Injectable()
export class ApiKeyRepository {
  constructor(
    private readonly entities: Entities,
    private readonly sql: Sql,
  ) {}

  async insert(key: ApiTokenEntity, tx: Tx): Promise<void> {
    await this.entities.of(ApiTokenEntity, tx).insert(key);
  }

  /** The keys of an app, or those of the workspace's knowledge where `appId` is null. */
  list(tenantId: string, appId: string | null): Promise<ApiTokenEntity[]> {
    return this.entities.of(ApiTokenEntity).find({ where: { tenantId, ...holderOf(appId) }, order: { id: 'ASC' } });
  }

  /** How many keys there are. */
  count(tenantId: string, appId: string | null, tx: Tx): Promise<number> {
    return this.entities.of(ApiTokenEntity, tx).countBy({ tenantId, ...holderOf(appId) });
  }

  find(tenantId: string, appId: string | null, id: string): Promise<ApiTokenEntity | null> {
    return this.entities.of(ApiTokenEntity).findOneBy({ tenantId, id, ...holderOf(appId) });
  }

  async delete(tenantId: string, id: string, tx: Tx): Promise<void> {
    await this.entities.of(ApiTokenEntity, tx).delete({ tenantId, id });
  }

  /** What a key opens. Found by its hash alone: the key is what names the workspace. */
  async findOwner(tokenHash: string): Promise<KeyOwner | null> {
    const row = await this.sql.row<{ id: string; tenant_id: string; app_id: string | null }>(
      'select id, tenant_id, app_id from api_tokens where token_hash = $1',
      [tokenHash],
    );
    return row === null ? null : { keyId: row.id, tenantId: row.tenant_id, appId: row.app_id };
  }

  /** Notes when keys were used last. */
  async touch(ids: readonly string[], at: readonly Date[]): Promise<void> {
    await this.sql.run(
      'update api_tokens t set last_used_at = u.at from unnest($1::uuid[], $2::timestamptz[]) as u(id, at) where t.id = u.id and (t.last_used_at is null or t.last_used_at < u.at)',
      [ids, at],
    );
  }

  /** Removes all keys of an app; answers their hashes, so that caches forget them. */
  async deleteAll(tenantId: string, appId: string, tx: Tx): Promise<string[]> {
    const rows = await this.sql.rows<{ token_hash: string }>(
      'delete from api_tokens where tenant_id = $1 and app_id = $2 returning token_hash',
      [tenantId, appId],
      tx,
    );
    return rows.map((row) => row.token_hash);
  }
}

/** Which rows belong to an app, or to the knowledge of a workspace. */
function holderOf(appId: string | null) {
  return appId === null ? { appId: IsNull(), type: 'dataset' } : { appId, type: 'app' };
}
