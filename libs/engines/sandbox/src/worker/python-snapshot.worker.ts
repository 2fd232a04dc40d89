import { renameSync, writeFileSync } from 'node:fs';
import { openPyodide, SNAPSHOT_PATH } from './open-pyodide.js';
import { PYTHON_MODULES } from './python-runner.js';
import { PythonWall } from './python-wall.js';

/** All that Pyodide may ask for; the worker that starts from the snapshot sets a limit. */
const MEMORY_BYTES = 4 * 1024 ** 3;

/** Run by the build, and by tests once: keeps the memory of an interpreter that has imported its modules. */
// The wall stands as it does at each start from the snapshot: from Node 22 on the places of functions, which are in it, depend on it.
PythonWall.putUp(MEMORY_BYTES);
const pyodide = await openPyodide({ makesSnapshot: true });
pyodide.runPython(`import ${PYTHON_MODULES.join(', ')}`);
const workshop = `${SNAPSHOT_PATH}.${String(process.pid)}`;
writeFileSync(workshop, pyodide.makeMemorySnapshot());
renameSync(workshop, SNAPSHOT_PATH);
