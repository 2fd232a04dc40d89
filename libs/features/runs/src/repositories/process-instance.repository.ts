import { Injectable } from '@nestjs/common';
import { OpenedDatabase, type Sql } from '#platform/database';

/** A gap between two heartbeats after which a process no longer trusts what it sees of others. Well under the lease. */
const STEADY_GAP = "interval '2500 milliseconds'";

/** What a heartbeat tells the process that sent it. */
export interface Beat {
  /** Runs of this process that somebody wants stopped. */
  stops: string[];
  /** Whether its heartbeats came without a gap for one lease. */
  isSteady: boolean;
}

/** Rows of `process_instances`; all times on the database's clock, all statements on the connections kept for such work. */
@Injectable()
export class ProcessInstanceRepository {
  private readonly sql: Sql;

  constructor(database: OpenedDatabase) {
    this.sql = database.reservedSql;
  }

  /** Renews the heartbeat, inserting the row if it is not there (any more). A stop whose message was lost is answered here, so it is only late. */
  async beat(instance: { id: string; role: string; host: string; pid: number }, leaseSeconds: number): Promise<Beat> {
    const row = await this.sql.row<{ stops: string[]; is_steady: boolean }>(
      `with beat as (
         insert into process_instances (id, role, host, pid) values ($1, $2, $3, $4)
         on conflict (id) do update set heartbeat_at = now(),
           steady_since = case when process_instances.heartbeat_at < now() - ${STEADY_GAP} then now() else process_instances.steady_since end
         returning steady_since)
       select array(select r.id::text from app_runs r where r.owner = $1 and r.finished_at is null and r.stop_requested_at is not null) as stops,
         steady_since <= now() - make_interval(secs => $5) as is_steady from beat`,
      [instance.id, instance.role, instance.host, instance.pid, leaseSeconds],
    );
    return { stops: row?.stops ?? [], isSteady: row?.is_steady ?? false };
  }

  /** Forgets a process, and those that have been dead for a day. */
  async remove(id: string): Promise<void> {
    await this.sql.run("delete from process_instances where id = $1 or heartbeat_at < now() - interval '1 day'", [id]);
  }

  /** Other processes with a heartbeat younger than the lease. */
  async listOthersAlive(id: string, leaseSeconds: number): Promise<{ id: string; host: string; pid: number; beat: string }[]> {
    return this.sql.rows(
      'select id, host, pid, heartbeat_at::text as beat from process_instances where id <> $1 and heartbeat_at > now() - make_interval(secs => $2) order by heartbeat_at desc',
      [id, leaseSeconds],
    );
  }
}
