import { Injectable } from '@nestjs/common';
import { Sql } from '#platform/database';

/** Whose key it is. */
export interface IdempotencyScope {
  tenantId: string;
  appId: string;
  principal: string;
  /** 1 to 255 visible ASCII characters. */
  key: string;
}

/** What holds a key. */
export interface IdempotencyHolder {
  runId: string;
  requestHash: string;
  /** Time since the claim, on the database's clock. */
  ageSeconds: number;
}

const LIFETIME = "interval '24 hours'";

/** Rows of `run_idempotency`. */
@Injectable()
export class RunIdempotencyRepository {
  constructor(private readonly sql: Sql) {}

  /** Claims a key for a run; answers what holds it: this run, or an earlier one of the last 24 hours. */
  async claim(scope: IdempotencyScope, run: { runId: string; requestHash: string }): Promise<IdempotencyHolder> {
    const row = await this.sql.row<{ run_id: string; request_hash: string; age: number }>(
      `insert into run_idempotency (id, tenant_id, app_id, principal, idempotency_key, request_hash) values ($1, $2, $3, $4, $5, $6)
       on conflict (tenant_id, app_id, principal, idempotency_key) do update set
         id = case when run_idempotency.created_at < now() - ${LIFETIME} then excluded.id else run_idempotency.id end,
         request_hash = case when run_idempotency.created_at < now() - ${LIFETIME} then excluded.request_hash else run_idempotency.request_hash end,
         created_at = case when run_idempotency.created_at < now() - ${LIFETIME} then now() else run_idempotency.created_at end
       returning id as run_id, request_hash, extract(epoch from now() - created_at)::float8 as age`,
      [run.runId, scope.tenantId, scope.appId, scope.principal, scope.key, run.requestHash],
    );
    return { runId: row?.run_id ?? run.runId, requestHash: row?.request_hash ?? run.requestHash, ageSeconds: row?.age ?? 0 };
  }

  /** Forgets keys that have passed their 24 hours. */
  async purge(): Promise<number> {
    return this.sql.run(`delete from run_idempotency where created_at < now() - ${LIFETIME}`);
  }

  /** Gives a key back whose run never began. */
  async release(scope: IdempotencyScope, runId: string): Promise<void> {
    await this.sql.run(
      'delete from run_idempotency where tenant_id = $1 and app_id = $2 and principal = $3 and idempotency_key = $4 and id = $5',
      [scope.tenantId, scope.appId, scope.principal, scope.key, runId],
    );
  }
}
