import { Injectable } from '@nestjs/common';
import { Sql, type Tx } from '#platform/database';
import { ExpiringStore } from '../expiring-store.port.js';

/** How often rows whose time is over are deleted. Unit: milliseconds. */
const SWEEP_EVERY_MS = 600_000;

/** Values as rows, on the database's clock. */
@Injectable()
export class DatabaseExpiringStore extends ExpiringStore {
  private sweptAt = 0;

  constructor(private readonly sql: Sql) {
    super();
  }

  override async set(key: string, value: string, ttlSeconds: number, tx?: Tx): Promise<void> {
    await this.sweep(tx);
    await this.sql.run(
      `insert into expiring_values (key, value, expires_at) values ($1, $2, now() + make_interval(secs => $3))
       on conflict (key) do update set value = excluded.value, expires_at = excluded.expires_at`,
      [key, value, ttlSeconds],
      tx,
    );
  }

  override async get(key: string, tx?: Tx): Promise<string | null> {
    const row = await this.sql.row<{ value: string }>(
      'select value from expiring_values where key = $1 and expires_at > clock_timestamp()',
      [key],
      tx,
    );
    return row?.value ?? null;
  }

  override async take(key: string, tx?: Tx): Promise<string | null> {
    const row = await this.sql.row<{ value: string; is_alive: boolean }>(
      'delete from expiring_values where key = $1 returning value, expires_at > clock_timestamp() as is_alive',
      [key],
      tx,
    );
    return row?.is_alive === true ? row.value : null;
  }

  override async delete(key: string, tx?: Tx): Promise<void> {
    await this.sql.run('delete from expiring_values where key = $1', [key], tx);
  }

  private async sweep(tx?: Tx): Promise<void> {
    if (Date.now() - this.sweptAt < SWEEP_EVERY_MS) return;
    this.sweptAt = Date.now();
    await this.sql.run('delete from expiring_values where expires_at <= now()', [], tx);
  }
}
