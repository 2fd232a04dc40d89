import { Injectable } from '@nestjs/common';
import { uuidv7 } from '#common';
import { Entities, Sql } from '#platform/database';
import { EndUserEntity } from '../entities/end-user.entity.js';

const BATCH = 1000;

/** Rows of `end_users`. */
@Injectable()
export class EndUserRepository {
  constructor(
    private readonly entities: Entities,
    private readonly sql: Sql,
  ) {}

  find(tenantId: string, appId: string, id: string): Promise<EndUserEntity | null> {
    return this.entities.of(EndUserEntity).findOneBy({ tenantId, appId, id });
  }

  /** The end user of a session, made when there is none. One who came through a web app becomes an API user (contract service-and-web-api 5). */
  async upsertApiUser(user: { tenantId: string; appId: string; sessionId: string; isAnonymous: boolean }): Promise<string> {
    const row = await this.sql.row<{ id: string }>(
      `insert into end_users (id, tenant_id, app_id, type, external_user_id, is_anonymous, session_id, created_at, updated_at)
       values ($1, $2, $3, 'service_api', $4, $5, $4, now(), now())
       on conflict (tenant_id, app_id, session_id) do update set
         type = 'service_api', updated_at = case when end_users.type = 'service_api' then end_users.updated_at else now() end
       returning id`,
      [uuidv7(), user.tenantId, user.appId, user.sessionId, user.isAnonymous],
    );
    if (row === null) throw new TypeError('an upsert returned no row');
    return row.id;
  }

  /** Removes some end users of an app; true while there are more. */
  async purge(tenantId: string, appId: string): Promise<boolean> {
    const removed = await this.sql.run(
      `delete from end_users where id in (select id from end_users where tenant_id = $1 and app_id = $2 limit ${String(BATCH)})`,
      [tenantId, appId],
    );
    return removed === BATCH;
  }
}
