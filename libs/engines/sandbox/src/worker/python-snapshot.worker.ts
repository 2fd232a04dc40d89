import { renameSync, writeFileSync } from 'node:fs';
import { openPyodide, SNAPSHOT_PATH } from './open-pyodide.js';
import { PYTHON_MODULES } from './python-runner.js';

/** Run by the build, and by tests once: keeps the memory of an interpreter that has imported its modules. */
const pyodide = await openPyodide({ makesSnapshot: true });
pyodide.runPython(`import ${PYTHON_MODULES.join(', ')}`);
const workshop = `${SNAPSHOT_PATH}.${String(process.pid)}`;
writeFileSync(workshop, pyodide.makeMemorySnapshot());
renameSync(workshop, SNAPSHOT_PATH);
