import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { SecurityConfig } from '#platform/config';
import { bad, type Finding, good, warning } from './finding.js';

const LITTLE_ROOM_MB = 500;
const MEGABYTE = 1024 * 1024;
/** Permission bits of group and others. */
const FOREIGN_ACCESS = 0o077;

/** Whether DATA_DIR can be written, and how much room there is. */
export function* inspectDataDirectory(dataDir: string): Generator<Finding> {
  const path = resolve(dataDir);
  const nearest = nearestExisting(path);
  try {
    accessSync(nearest, constants.W_OK);
    yield good('data directory', existsSync(path) ? path : `${path} (is made at the first start)`);
  } catch {
    yield bad('data directory', `${nearest} can't be written`, 'Give it to the user Baya runs as, or set DATA_DIR.');
  }
  const { bavail, bsize } = statfsSync(nearest);
  const freeMb = Math.floor((bavail * bsize) / MEGABYTE);
  if (freeMb < LITTLE_ROOM_MB)
    yield warning(
      'disk',
      `${freeMb} MB are free`,
      'Make room: an embedded database with uploads grows, and a full disk stops all writing.',
    );
}

/** Whether the secret that signs everything is set, or kept where only its owner reads it. */
export function inspectSecretKey(config: SecurityConfig, dataDir: string): Finding {
  if (config.secretKey !== undefined) return good('secret key', 'SECRET_KEY is set');
  const path = join(resolve(dataDir), 'secrets', 'secret-key');
  if (!existsSync(path)) return good('secret key', 'is made at the first start');
  const isOpen = process.platform !== 'win32' && (statSync(path).mode & FOREIGN_ACCESS) !== 0;
  return isOpen ? warning('secret key', `others can read ${path}`, `chmod 600 ${path}`) : good('secret key', path);
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}
