import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { copyDirectory } from './copy-directory.js';

const KEPT = 3;
const PREFIX = 'database-';

/** Copies a closed cluster to `<folder>/database-<time>-<reason>` and drops all but the last three such copies. */
export async function keepBackup(directory: string, folder: string, reason: string): Promise<string> {
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const target = join(folder, `${PREFIX}${time}-${reason}`);
  await copyDirectory(directory, target);
  const copies = (existsSync(folder) ? await readdir(folder) : []).filter((name) => name.startsWith(PREFIX)).sort();
  for (const old of copies.slice(0, -KEPT)) await rm(join(folder, old), { recursive: true, force: true });
  return target;
}
