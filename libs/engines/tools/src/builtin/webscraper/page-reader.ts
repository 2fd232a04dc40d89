import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ToolInvokeError } from '../../tools.errors.js';
import type { ReadablePage } from './reader/read-page.js';

/** Milliseconds for one page. Finding an article takes time that grows faster than the page. */
const DEADLINE = 5000;
/** Threads at a time; others wait. */
const THREADS = 2;
const MEMORY_MB = 256;

interface TreeCompiler {
  compileTree(directory: string): Promise<string>;
}

let program: Promise<string> | undefined;
let free = THREADS;
const waiting: (() => void)[] = [];

/**
 * Reads a page in a thread of its own, with bounded time and memory: the pages of strangers may be made to take for ever. What was found until then counts. Rejects with
 * `ToolInvokeError` when that is nothing, or with the signal's reason.
 */
export async function readPageApart(html: string, signal: AbortSignal): Promise<ReadablePage> {
  program ??= findProgram();
  const path = await program;
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    signal.throwIfAborted();
    return await readIn(path, html, signal);
  } finally {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }
}

function readIn(path: string, html: string, signal: AbortSignal): Promise<ReadablePage> {
  return new Promise((resolve, reject) => {
    let best: ReadablePage | undefined;
    const worker = new Worker(path, { workerData: html, env: {}, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    const stop = (): void => {
      void worker.terminate();
    };
    const timer = setTimeout(stop, DEADLINE);
    let failure: unknown;
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (page: ReadablePage) => {
      best = page;
    });
    worker.on('error', (error) => {
      failure = error;
    });
    worker.on('exit', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      if (signal.aborted) reject(signal.reason as Error);
      else if (best !== undefined) resolve(best);
      else reject(new ToolInvokeError('The page is too large or too entangled to be read.', { cause: failure }));
    });
  });
}

/** Run from sources (tests, scripts) the thread's program is compiled first. */
async function findProgram(): Promise<string> {
  const directory = fileURLToPath(new URL('./reader/', import.meta.url));
  if (!import.meta.url.endsWith('.ts')) return `${directory}page-reader.worker.js`;
  const script = new URL('../../../../../../scripts/typescript/compile-tree.mjs', import.meta.url);
  const compiler = (await import(script.href)) as TreeCompiler;
  return `${await compiler.compileTree(directory)}page-reader.worker.js`;
}
