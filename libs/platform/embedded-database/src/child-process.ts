import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { EmbeddedDatabaseError } from './embedded-database.errors.js';
import type { ChildMessage, ChildOptions } from './child-messages.js';

const START_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 15_000;
const ERROR_TAIL = 2000;

/** Run from sources (tests, scripts) the program is TypeScript and needs the loader; run from `dist` it is plain JavaScript. */
const isFromSources = import.meta.url.endsWith('.ts');
const program = fileURLToPath(new URL(isFromSources ? './embedded-child.ts' : './embedded-child.js', import.meta.url));
const execArgv = isFromSources
  ? ['--conditions=baya-source', '--import', new URL('../../../../scripts/typescript/register.mjs', import.meta.url).href]
  : [];

/** A started child with the database open in it. */
export interface RunningChild {
  /** The process. */
  readonly process: ChildProcess;
  /** TCP port it serves on; 0 with a Unix socket. */
  readonly port: number;
  /** Resolves with words about the end once the process has ended, for whatever reason. */
  readonly ended: Promise<string>;
}

/** Starts the child and waits until the database is served; `onStarted` hears of the process before it can touch the directory's files. Throws {@link EmbeddedDatabaseError}. */
export async function startChild(options: ChildOptions, onStarted: (pid: number) => void): Promise<RunningChild> {
  const child = fork(program, [JSON.stringify(options)], { execArgv, env: {}, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  if (child.pid !== undefined) onStarted(child.pid);
  let tail = '';
  let failure = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (tail = (tail + text).slice(-ERROR_TAIL)));
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) =>
      resolve(`${failure || `it ended with ${signal ?? `code ${String(code)}`}`}${tail ? `: ${tail.trim()}` : ''}`),
    );
  });
  const ready = new Promise<number>((resolve) => {
    child.on('message', (message: ChildMessage) => (message.type === 'ready' ? resolve(message.port) : (failure = message.message)));
  });
  const timer = setTimeout(() => {
    failure = `it was not ready within ${String(START_DEADLINE_MS / 1000)} s. Start again; the machine may have been too busy`;
    child.kill('SIGKILL');
  }, START_DEADLINE_MS);
  const port = await Promise.race([ready, ended]);
  clearTimeout(timer);
  if (typeof port === 'string') throw new EmbeddedDatabaseError(`The embedded database did not start: ${port}`);
  return { process: child, port, ended };
}

/** Lets the child close the database and end; ends it by force after a while. */
export async function stopChild(child: RunningChild): Promise<void> {
  if (child.process.connected) child.process.disconnect();
  const timer = setTimeout(() => child.process.kill('SIGKILL'), STOP_DEADLINE_MS);
  await child.ended;
  clearTimeout(timer);
}
