import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { CodeLanguage } from '../code-sandbox.port.js';
import { SNAPSHOT_END } from '../worker/snapshot-end.js';

/** A worker's script, and the directories that it and its interpreter are read from: all that the process may read. */
export interface WorkerProgram {
  path: string;
  directories: string[];
}

interface TreeCompiler {
  compileTree(directory: string): Promise<string>;
}

const NAMES: Readonly<Record<CodeLanguage, string>> = { python3: 'python.worker', javascript: 'javascript.worker' };
const PACKAGES: Readonly<Record<CodeLanguage, readonly string[]>> = {
  python3: ['pyodide'],
  javascript: ['quickjs-emscripten-core', '@jitl/quickjs-wasmfile-release-sync', '@jitl/quickjs-ffi-types'],
};
const here = new URL('../worker/', import.meta.url);

/** Where the worker for a language is. Run from sources (tests, scripts) it is compiled first: a locked-down process can't load a compiler. */
export async function findWorkerProgram(language: CodeLanguage): Promise<WorkerProgram> {
  const directory = import.meta.url.endsWith('.ts') ? await compileSources() : fileURLToPath(here);
  return { path: `${directory}${NAMES[language]}.js`, directories: [directory, ...PACKAGES[language].map(directoryOf)] };
}

/** Not every package lets its package.json be resolved; its entry always can be. */
function directoryOf(name: string): string {
  const entry = createRequire(import.meta.url).resolve(name);
  const end = sep + ['node_modules', ...name.split('/')].join(sep) + sep;
  return entry.slice(0, entry.lastIndexOf(end) + end.length);
}

/** The build does the same for `dist`. */
async function compileSources(): Promise<string> {
  const script = new URL('../../../../../scripts/typescript/compile-tree.mjs', import.meta.url);
  const compiler = (await import(script.href)) as TreeCompiler;
  const directory = await compiler.compileTree(fileURLToPath(here));
  if (!readdirSync(directory).some((name) => name.endsWith(SNAPSHOT_END)))
    await promisify(execFile)(process.execPath, ['--no-warnings', `${directory}python-snapshot.worker.js`]);
  return directory;
}
