import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ProcessSetup } from './process-messages.js';

const NAME = './document-process';

/**
 * Starts the program that reads, with an empty environment. A process of its own, since a thread that runs out of memory may take all others
 * with it. Run from sources (tests, scripts), it gets the loader of TypeScript first.
 */
export function startProcess(setup: ProcessSetup, memoryMb: number): ChildProcess {
  const isSource = import.meta.url.endsWith('.ts');
  const program = fileURLToPath(new URL(`${NAME}.${isSource ? 'ts' : 'js'}`, import.meta.url));
  const loader = isSource
    ? ['--conditions=baya-source', '--import', new URL('../../../../../../scripts/typescript/register.mjs', import.meta.url).href]
    : [];
  return fork(program, [JSON.stringify(setup)], {
    env: {},
    execArgv: [`--max-old-space-size=${String(memoryMb)}`, ...loader],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}
