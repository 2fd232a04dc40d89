import { type ChildProcess, spawn } from 'node:child_process';
import type { Answer, RunMessage, WorkerMessage, WorkerOptions } from '../worker/worker-messages.js';
import { isWorkerMessage } from './check-worker-message.js';
import { type LockDown, permissionFlags } from './lock-down.js';
import type { WorkerProgram } from './worker-program.js';

/** How long a worker may take until it is ready. A busy machine loads Python in several seconds. */
const START_DEADLINE_MS = 60_000;
/** Time after the limit of a run in which the interpreter may still stop it by itself. */
const GRACE_MS = 500;
const ERROR_TAIL = 2000;
/** Room for code that nests deeply; the interpreters' own limits must be reached before it. Unit: kilobytes, half of the usual stack. */
const STACK_KB = 3900;
/** Heap of the host side of a worker; the interpreter's memory is apart. */
const HOST_HEAP_MB = 192;

/** Why a run has no answer: the worker had to be killed, or ended. */
export type LostRun = { lost: 'killed' } | { lost: 'ended'; reason: string };

/** One worker process: started, given runs one by one, killed. */
export class WorkerProcess {
  private readonly child: ChildProcess;
  private tail = '';
  private waiting: ((end: Answer | LostRun) => void) | null = null;
  private isOver = false;
  /** Resolves when it takes runs; rejects when it ended before. */
  readonly ready: Promise<void>;
  /** Resolves with the reason once the process has ended. */
  readonly ended: Promise<string>;

  constructor(program: WorkerProgram, lockDown: LockDown, options: WorkerOptions) {
    const stack = process.platform === 'win32' ? [] : [`--stack-size=${String(STACK_KB)}`];
    const flags = [...permissionFlags(program), `--max-old-space-size=${String(HOST_HEAP_MB)}`, ...stack];
    const [command, ...args] = [...lockDown.prefix, process.execPath, ...flags, program.path, JSON.stringify(options)];
    this.child = spawn(command, args, { env: {}, cwd: '/', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.tail = (this.tail + text).slice(-ERROR_TAIL)));
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => resolve(error.message));
      this.child.once('exit', (code, signal) =>
        resolve(`it ended with ${signal ?? `code ${String(code)}`}${this.tail && `: ${this.tail.trim()}`}`),
      );
    });
    void this.ended.then((reason) => this.finish({ lost: 'ended', reason }));
    this.ready = this.start();
    // Waiting for a worker must not keep the program alive.
    this.child.unref();
    this.child.channel?.unref();
  }

  /** Process number. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Whether it takes no more runs. */
  get isGone(): boolean {
    return this.isOver;
  }

  /** One run. The worker is killed when the run goes on beyond its limit, or when the signal fires; the answer is then that it is lost. */
  run(message: RunMessage, signal?: AbortSignal): Promise<Answer | LostRun> {
    return new Promise((resolve) => {
      const kill = (): void => this.finish({ lost: 'killed' });
      const timer = setTimeout(kill, message.limits.timeoutMs + GRACE_MS);
      signal?.addEventListener('abort', kill, { once: true });
      this.waiting = (end) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', kill);
        this.waiting = null;
        this.child.channel?.unref();
        resolve(end);
      };
      this.child.channel?.ref();
      this.child.send(message, (error) => {
        if (error) this.finish({ lost: 'ended', reason: error.message });
      });
    });
  }

  /** Ends the process at once. */
  kill(): void {
    this.finish({ lost: 'killed' });
  }

  private start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.child.kill('SIGKILL'), START_DEADLINE_MS);
      this.child.on('message', (message) => {
        // What comes from the process of users' code is data to be checked, whatever the process is.
        if (!isWorkerMessage(message)) {
          this.finish({ lost: 'ended', reason: 'it sent what is not a message' });
        } else if (message.type === 'ready') {
          clearTimeout(timer);
          resolve();
        } else {
          this.receive(message);
        }
      });
      void this.ended.then((reason) => {
        clearTimeout(timer);
        reject(new Error(reason));
      });
    });
  }

  private receive({ answer }: Extract<WorkerMessage, { type: 'answer' }>): void {
    if (answer.isSpent) this.isOver = true;
    this.waiting?.(answer);
    if (answer.isSpent) this.kill();
  }

  private finish(end: LostRun): void {
    this.isOver = true;
    this.child.kill('SIGKILL');
    this.waiting?.(end);
  }
}
