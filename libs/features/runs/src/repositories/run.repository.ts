import { Injectable } from '@nestjs/common';
import { Sql } from '#platform/database';
import type { LedgerRun, RunPrincipal } from '../run.js';

/** A row as the driver gives it. */
export interface LedgerRow {
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

/** The columns of {@link LedgerRow}. */
export const LEDGER_COLUMNS = 'id, tenant_id, app_id, mode, subject_id, principal, state, outcome, reason, owner, fence';

/** Rows of `app_runs` that are read and changed one by one; starts and ends go through the RunWriter. */
@Injectable()
export class RunRepository {
  constructor(private readonly sql: Sql) {}

  /** A run of an app that belongs to a principal, or null. */
  async findOwn(key: { tenantId: string; appId: string; runId: string; principal: RunPrincipal }): Promise<LedgerRun | null> {
    const row = await this.sql.row<LedgerRow>(
      `select ${LEDGER_COLUMNS} from app_runs where tenant_id = $1 and app_id = $2 and id = $3 and principal = $4`,
      [key.tenantId, key.appId, key.runId, key.principal],
    );
    return row === null ? null : ledgerRun(row);
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

  /** How many runs of an app are under way in other processes than one's own. */
  async countElsewhere(tenantId: string, appId: string, owner: string): Promise<number> {
    const row = await this.sql.row<{ count: string }>(
      'select count(*) as count from app_runs where tenant_id = $1 and app_id = $2 and owner <> $3 and finished_at is null',
      [tenantId, appId, owner],
    );
    return Number(row?.count ?? 0);
  }

  /** Whether the ledger has a run. */
  async exists(tenantId: string, runId: string): Promise<boolean> {
    return (await this.sql.row('select 1 from app_runs where tenant_id = $1 and id = $2', [tenantId, runId])) !== null;
  }
}

/** Names of our own for a row of the ledger. */
export function ledgerRun(row: LedgerRow): LedgerRun {
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
