import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { rename, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DatabasePreparer, fingerprintOf, type MigrationSet, packageRoot } from '../migrations/migration-set.js';

const KEPT_MS = 24 * 3600 * 1000;

/** Where prepared data directories are kept: in the build's output, as they are made of it. */
function home(): string {
  return join(packageRoot(), 'dist', 'embedded');
}

/** The prepared data directory for exactly this history, or null when the build step has not made one. */
export function findPrepared(migrations: MigrationSet, preparers: readonly DatabasePreparer[]): string | null {
  const path = join(home(), fingerprintOf(migrations, preparers));
  return existsSync(join(path, 'PG_VERSION')) ? path : null;
}

/**
 * Makes the prepared data directory unless it is there: `build` fills a fresh data directory and closes it. A first
 * start copies the result, which takes a second less and 200 MB of memory less than initdb in place.
 */
export async function ensurePrepared(
  migrations: MigrationSet,
  preparers: readonly DatabasePreparer[],
  build: (dataDir: string) => Promise<void>,
): Promise<string> {
  const existing = findPrepared(migrations, preparers);
  if (existing !== null) return existing;
  const name = fingerprintOf(migrations, preparers);
  const target = join(home(), name);
  const workshop = join(home(), `.making-${name}-${String(process.pid)}`);
  mkdirSync(workshop, { recursive: true, mode: 0o700 });
  try {
    await build(workshop);
    rmSync(join(workshop, 'database', 'postmaster.pid'), { force: true });
    // Another process may have been faster; both made the same.
    await rename(join(workshop, 'database'), target).catch((error: unknown) => {
      if (!existsSync(join(target, 'PG_VERSION'))) throw error;
    });
    return target;
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** Drops prepared directories of other histories, and what a killed build left, once a day old: tests that run meanwhile may use younger ones. */
export async function dropOutdatedPrepared(migrations: MigrationSet, preparers: readonly DatabasePreparer[]): Promise<void> {
  const current = fingerprintOf(migrations, preparers);
  if (!existsSync(home())) return;
  for (const name of await readdir(home())) {
    const path = join(home(), name);
    const isOld = statSync(path).mtimeMs < Date.now() - KEPT_MS;
    if (isOld && name !== current) await rm(path, { recursive: true, force: true });
  }
}
