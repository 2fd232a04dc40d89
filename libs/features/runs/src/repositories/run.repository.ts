import { Injectable } from '@nestjs/common';
import { Sql } from '#platform/database';
import type { LedgerRun, RunPrincipal } from '../run.js';

interface Row {
  id: string;
  tenant_id: string;
  app_id: string;
  mode: LedgerRun['mode'];
  subject_id: string;
  principal: RunPrincipal;
  state: LedgerRun['state'];
  outcome: LedgerRun['outcome'];
  reason: string | null;
  owner: string;
  fence: number;
}

const COLUMNS = 'id, tenant_id, app_id, mode, subject_id, principal, state, outcome, reason, owner, fence';
const TAKE_OVER_BATCH = 100;

/** Rows of `app_runs` that are read and changed one by one; starts and ends go through the RunWriter. */
@Injectable()
export class RunRepository {
  constructor(private readonly sql: Sql) {}

  /** A run of an app that belongs to a principal, or null. */
  async findOwn(key: { tenantId: string; appId: string; runId: string; principal: RunPrincipal }): Promise<LedgerRun | null> {
    const row = await this.sql.row<Row>(`select ${COLUMNS} from app_runs where tenant_id = $1 and app_id = $2 and id = $3 and principal = $4`, [
      key.tenantId,
      key.appId,
      key.runId,
      key.principal,
    ]);
    return row === null ? null : fromRow(row);
  }

  /** Notes that a principal wants his run stopped. False when it is not his, or not running any more. */
  async requestStop(key: { tenantId: string; appId: string; runId: string; principal: RunPrincipal }): Promise<boolean> {
    const changed = await this.sql.run(
      `update app_runs set stop_requested_at = coalesce(stop_requested_at, now())
       where tenant_id = $1 and app_id = $2 and id = $3 and principal = $4 and finished_at is null`,
      [key.tenantId, key.appId, key.runId, key.principal],
    );
    return changed > 0;
  }

  /** How many runs of an app are under way in all processes. */
  async countRunning(tenantId: string, appId: string): Promise<number> {
    const row = await this.sql.row<{ count: string }>('select count(*) as count from app_runs where tenant_id = $1 and app_id = $2 and finished_at is null', [tenantId, appId]);
    return Number(row?.count ?? 0);
  }

  /** Present fences of runs that are not finished. */
  async fencesOf(runIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.sql.rows<{ id: string; fence: number }>('select id, fence from app_runs where id = any($1::uuid[]) and finished_at is null', [runIds]);
    return new Map(rows.map((row) => [row.id, row.fence]));
  }

  /**
   * Adopts running runs whose owner has had no heartbeat for the lease, raising their fences. Two processes that try at once
   * each get other runs. `leaseSeconds` 0 adopts whatever is not one's own: right only where nobody else can be alive.
   */
  async takeOver(owner: string, leaseSeconds: number): Promise<LedgerRun[]> {
    const rows = await this.sql.rows<Row>(
      `update app_runs set owner = $1, fence = fence + 1
       where id in (
         select r.id from app_runs r
         where r.finished_at is null and r.state = 'running' and r.owner <> $1
           and ($2 = 0 or not exists (select 1 from process_instances p where p.id = r.owner and p.heartbeat_at > now() - make_interval(secs => $2)))
         limit ${String(TAKE_OVER_BATCH)} for update skip locked)
         and finished_at is null
       returning ${COLUMNS}`,
      [owner, leaseSeconds],
    );
    return rows.map(fromRow);
  }
}

function fromRow(row: Row): LedgerRun {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    appId: row.app_id,
    mode: row.mode,
    subjectId: row.subject_id,
    principal: row.principal,
    state: row.state,
    outcome: row.outcome,
    reason: row.reason,
    owner: row.owner,
    fence: row.fence,
  };
}
