import { Injectable } from '@nestjs/common';
import { Sql } from '#platform/database';

/** Rows of `process_instances`; all times on the database's clock. */
@Injectable()
export class ProcessInstanceRepository {
  constructor(private readonly sql: Sql) {}

  /**
   * Renews the heartbeat, inserting the row if it is not there (any more). Answers with the runs of this process that somebody
   * wants stopped, so that a stop whose message was lost is only late.
   */
  async beat(instance: { id: string; role: string; host: string; pid: number }): Promise<string[]> {
    const row = await this.sql.row<{ stops: string[] }>(
      `with beat as (
         insert into process_instances (id, role, host, pid) values ($1, $2, $3, $4)
         on conflict (id) do update set heartbeat_at = now() returning id)
       select array(select r.id::text from app_runs r where r.owner = $1 and r.finished_at is null and r.stop_requested_at is not null) as stops from beat`,
      [instance.id, instance.role, instance.host, instance.pid],
    );
    return row?.stops ?? [];
  }

  /** Forgets this process, and those that have been dead for a day. */
  async remove(id: string): Promise<void> {
    await this.sql.run("delete from process_instances where id = $1 or heartbeat_at < now() - interval '1 day'", [id]);
  }

  /** Another process with a young heartbeat, or null. */
  async findOtherAlive(id: string, leaseSeconds: number): Promise<{ host: string; pid: number } | null> {
    return this.sql.row('select host, pid from process_instances where id <> $1 and heartbeat_at > now() - make_interval(secs => $2) limit 1', [id, leaseSeconds]);
  }
}
