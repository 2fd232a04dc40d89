import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const loader = new URL('../../scripts/typescript/register.mjs', import.meta.url).href;

/** A program of a test, run from its TypeScript source as a process of its own; it answers requests over its channel. */
export interface TestProcess {
  readonly child: ChildProcess;
  /** What it wrote to its outputs so far, for messages of failing tests. */
  output(): string;
  /** Calls a handler of the program. Rejects with what it threw, or when it ends first. */
  call<T>(method: string, ...args: unknown[]): Promise<T>;
  /** Ends it and waits for its end; resolves with the exit code or the signal. */
  end(signal?: NodeJS.Signals): Promise<number | string>;
}

interface Answer {
  id: number;
  result?: unknown;
  error?: { name: string; message: string; code?: string; status?: number };
}

/** Starts a program; resolves when it has called {@link serve}. Rejects when it ends before. */
export async function startProcess(program: URL, env: Record<string, string>): Promise<TestProcess> {
  const child = fork(fileURLToPath(program), [], {
    execArgv: ['--conditions=baya-source', '--import', loader],
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-20_000)));
  const ended = new Promise<number | string>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code ?? 0)));
  const waiting = new Map<number, (answer: Answer) => void>();
  let calls = 0;
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message: Answer | 'ready') => {
      if (message === 'ready') resolve();
      else waiting.get(message.id)?.(message);
    });
  });
  const early = await Promise.race([ready, ended.then((how) => `The program ended with ${String(how)}:\n${output}`)]);
  if (early !== undefined) throw new Error(early);
  return {
    child,
    output: () => output,
    call: async <T>(method: string, ...args: unknown[]) => {
      const id = (calls += 1);
      const answer = new Promise<Answer>((resolve) => waiting.set(id, resolve));
      child.send({ id, method, args });
      const got = await Promise.race([
        answer,
        ended.then((how): Answer => ({ id, error: { name: 'ProcessEnded', message: `ended with ${String(how)}` } })),
      ]);
      waiting.delete(id);
      if (got.error) throw Object.assign(new Error(got.error.message), got.error);
      return got.result as T;
    },
    end: (signal = 'SIGTERM') => {
      child.kill('SIGCONT');
      child.kill(signal);
      return ended;
    },
  };
}

/** Called by the program itself: answers requests of the test by these handlers. */
export function serve(handlers: Record<string, (...args: never[]) => unknown>): void {
  process.on('message', ({ id, method, args }: { id: number; method: string; args: never[] }) => {
    Promise.resolve()
      .then(() => handlers[method]?.(...args))
      .then(
        (result) => process.send?.({ id, result }),
        (cause: unknown) => {
          const { name, message, code, status } = cause as Error & { code?: string; status?: number };
          process.send?.({ id, error: { name, message, code, status } });
        },
      );
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.('ready');
}
