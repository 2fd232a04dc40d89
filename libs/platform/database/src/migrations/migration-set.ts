import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { MigrationInterface } from 'typeorm';
import { engineVersion } from '#platform/embedded-database';

/** A migration: its name ends in the 14 digits of its file, by which they are ordered. */
export type MigrationClass = new () => MigrationInterface;

/** The one history of the schema. */
export interface MigrationSet {
  /** The classes in order. */
  classes: readonly MigrationClass[];
  /** Folder of their files, `.ts` or compiled: part of the key of prepared data directories. */
  folder: string;
}

/** What else belongs into a prepared data directory, such as the tables of a job queue. Must be idempotent; nothing may rely on it having run. */
export interface DatabasePreparer {
  /** Name for logs. */
  name: string;
  /** Changes whenever what `prepare` leaves behind would change. */
  fingerprint: string;
  /** Puts it in. The database is migrated; `connectionString` is for clients that connect by themselves. */
  prepare(connection: { host: string; port: number; user: string; database: string }): Promise<void>;
}

/** What migrations make tables with; from the sources it is TypeScript. */
const partitionedTables = new URL(`./partitioned-tables${extname(import.meta.url)}`, import.meta.url);

/** What is done to a prepared cluster beside migrations and preparers. */
const PREPARATION = 'without templates';

/** A key that changes whenever a fresh database would come out differently. */
export function fingerprintOf(migrations: MigrationSet, preparers: readonly DatabasePreparer[]): string {
  const hash = createHash('sha256');
  const files = readdirSync(migrations.folder).filter((name) => /\.(ts|js)$/.test(name) && !name.includes('.spec.'));
  for (const name of files.sort()) hash.update(name).update(readFileSync(join(migrations.folder, name)));
  hash.update(readFileSync(partitionedTables));
  hash.update(`${engineVersion()}, ${PREPARATION}`);
  for (const preparer of preparers) hash.update(`${preparer.name}:${preparer.fingerprint};`);
  return hash.digest('hex').slice(0, 24);
}
