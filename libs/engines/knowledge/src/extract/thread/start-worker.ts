import { Worker, type WorkerOptions } from 'node:worker_threads';

const NAME = './document-thread';

/** Starts the thread's program with an empty environment. Run from sources (tests, scripts), the thread gets the loader of TypeScript first. */
export function startWorker(options: Pick<WorkerOptions, 'workerData' | 'resourceLimits'>): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`${NAME}.js`, import.meta.url), { ...options, env: {} });
  const loader = new URL('../../../../../../scripts/typescript/register.mjs', import.meta.url).href;
  const program = new URL(`${NAME}.ts`, import.meta.url).href;
  const code = `import(${JSON.stringify(loader)}).then(() => import(${JSON.stringify(program)}))`;
  return new Worker(code, { ...options, eval: true, env: {}, execArgv: ['--conditions=baya-source'] });
}
