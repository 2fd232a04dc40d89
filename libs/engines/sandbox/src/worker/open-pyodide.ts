import { constants as fileConstants, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants as systemConstants } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide, type PyodideInterface, version } from 'pyodide';
import { SNAPSHOT_END } from './snapshot-end.js';

/** The interpreter's memory with {@link PYTHON_MODULES} imported: a start from it takes a quarter of the time. Absent: a start from nothing. */
export const SNAPSHOT_PATH = fileURLToPath(new URL(`./python-${version}${SNAPSHOT_END}`, import.meta.url));

/** Loads Pyodide from its package alone, out of the snapshot where there is one. */
export function openPyodide(options: { makesSnapshot?: boolean } = {}): Promise<PyodideInterface> {
  // Pyodide reads constants through `process.binding`, which the permission model forbids.
  Object.assign(process, { binding: () => ({ fs: fileConstants, os: systemConstants }) });
  const directory = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
  const hashSeed = String(crypto.getRandomValues(new Uint32Array(1))[0]);
  return loadPyodide({
    indexURL: `${directory}/`,
    env: { HOME: '/', PYTHONHASHSEED: hashSeed },
    ...(options.makesSnapshot ? { _makeSnapshot: true } : {}),
    ...(!options.makesSnapshot && existsSync(SNAPSHOT_PATH) ? { _loadSnapshot: readFileSync(SNAPSHOT_PATH) } : {}),
  });
}
