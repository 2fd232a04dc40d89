import { Injectable } from '@nestjs/common';
import { Entities, Sql, type Tx } from '#platform/database';
import { ApiTokenEntity } from '../entities/api-token.entity.js';

/** What a request with a key is for. */
export interface KeyOwner {
  keyId: string;
  tenantId: string;
  appId: string;
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

  list(tenantId: string, appId: string): Promise<ApiTokenEntity[]> {
    return this.entities.of(ApiTokenEntity).find({ where: { tenantId, appId, type: 'app' }, order: { id: 'ASC' } });
  }

  /** Locks an app against concurrent additions and counts its keys. */
  async countForUpdate(tenantId: string, appId: string, tx: Tx): Promise<number> {
    await this.sql.row('select id from apps where tenant_id = $1 and id = $2 for update', [tenantId, appId], tx);
    // A statement of its own: it sees what was committed while this one waited for the lock.
    const count = await this.sql.row<{ keys: number }>(
      "select count(*)::int as keys from api_tokens where tenant_id = $1 and app_id = $2 and type = 'app'",
      [tenantId, appId],
      tx,
    );
    return count?.keys ?? 0;
  }

  find(tenantId: string, appId: string, id: string): Promise<ApiTokenEntity | null> {
    return this.entities.of(ApiTokenEntity).findOneBy({ tenantId, appId, id, type: 'app' });
  }

  async delete(tenantId: string, id: string, tx: Tx): Promise<void> {
    await this.entities.of(ApiTokenEntity, tx).delete({ tenantId, id });
  }

  /** The app that a key opens. Found by its hash alone: the key is what names the workspace. */
  async findOwner(tokenHash: string): Promise<KeyOwner | null> {
    const row = await this.sql.row<{ id: string; tenant_id: string; app_id: string }>(
      "select id, tenant_id, app_id from api_tokens where token_hash = $1 and type = 'app'",
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
