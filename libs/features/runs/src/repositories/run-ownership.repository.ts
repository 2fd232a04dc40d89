import { Injectable } from '@nestjs/common';
import { OpenedDatabase, type Sql } from '#platform/database';
import type { LedgerRun } from '../run.js';
import { type LedgerRow, LEDGER_COLUMNS, ledgerRun } from './run.repository.js';

/** Who executes which run. Statements run on the connections kept for such work. */
@Injectable()
export class RunOwnershipRepository {
  private readonly sql: Sql;

  constructor(database: OpenedDatabase) {
    this.sql = database.reservedSql;
  }

  /** Present fences of runs that are not finished. */
  async fencesOf(runIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.sql.rows<{ id: string; fence: number }>(
      'select id, fence from app_runs where id = any($1::uuid[]) and finished_at is null',
      [runIds],
    );
    return new Map(rows.map((row) => [row.id, row.fence]));
  }

  /**
   * Adopts running runs whose owner has had no heartbeat for the lease, raising their fences. The statement itself proves that
   * the adopter's own heartbeat is young and was steady for a lease: sent before the database froze and executed after it, it
   * takes nothing. Two processes that try at once get different runs.
   */
  async takeOverOfDead(owner: string, leaseSeconds: number, limit: number): Promise<LedgerRun[]> {
    return this.takeOver(
      `r.owner <> $1
         and not exists (select 1 from process_instances p where p.id = r.owner and p.heartbeat_at > now() - make_interval(secs => $3))
         and exists (select 1 from process_instances me where me.id = $1 and me.heartbeat_at > now() - interval '2500 milliseconds'
           and me.steady_since <= now() - make_interval(secs => $3))`,
      [owner, limit, leaseSeconds],
    );
  }

  /** Adopts every running run of others. Right only where it is known that no other process lives. */
  async takeOverAll(owner: string, limit: number): Promise<LedgerRun[]> {
    return this.takeOver('r.owner <> $1', [owner, limit]);
  }

  /** Raises the fences of runs that this process owns by the ledger and does not execute. */
  async takeOverOwn(owner: string, runIds: readonly string[], limit: number): Promise<LedgerRun[]> {
    return this.takeOver('r.owner = $1 and r.id = any($3::uuid[])', [owner, limit, runIds]);
  }

  /** Ids of unfinished runs that a process owns by the ledger. */
  async listOwned(owner: string): Promise<string[]> {
    const rows = await this.sql.rows<{ id: string }>(
      "select id from app_runs where owner = $1 and finished_at is null and state = 'running'",
      [owner],
    );
    return rows.map((row) => row.id);
  }

  /** Ends a run in the ledger alone, where nobody can end it better. */
  async finishBare(run: LedgerRun, reason: string): Promise<void> {
    await this.sql.run(
      "update app_runs set state = 'finished', outcome = 'failed', reason = $3, finished_at = now() where id = $1 and fence = $2 and finished_at is null",
      [run.id, run.fence, reason],
    );
  }

  private async takeOver(condition: string, values: unknown[]): Promise<LedgerRun[]> {
    const rows = await this.sql.rows<LedgerRow>(
      `update app_runs set owner = $1, fence = fence + 1
       where id in (
         select r.id from app_runs r where r.finished_at is null and r.state = 'running' and ${condition}
         order by r.id limit $2 for update skip locked)
         and finished_at is null
       returning ${LEDGER_COLUMNS}`,
      values,
    );
    return rows.map(ledgerRun);
  }
}
