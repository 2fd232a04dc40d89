import { randomBytes } from 'node:crypto';
import { type CodeLanguage, type CodeRequest, type CodeResult, CodeSandbox } from '../code-sandbox.port.js';
import { readResult } from '../code-result.js';
import { inputsAsJson } from '../inputs-json.js';
import { DEFAULT_LIMITS, type SandboxLimits } from '../sandbox-limits.js';
import { CodeFailure, limitFailure } from '../sandbox.errors.js';
import type { Answer, ReportedFailure, RunMessage } from '../worker/worker-messages.js';
import { findLockDown, type LockDown, type Protections } from './lock-down.js';
import { type PoolOptions, WorkerPool } from './worker-pool.js';
import { type LostRun, WorkerProcess } from './worker-process.js';
import { findWorkerProgram, type WorkerProgram } from './worker-program.js';

const LANGUAGES = ['python3', 'javascript'] as const satisfies readonly CodeLanguage[];
const SEED_BYTES = 32;

/** What a {@link ProcessSandbox} may be told. */
export interface ProcessSandboxOptions {
  /** Limits that differ from {@link DEFAULT_LIMITS}. */
  limits?: Partial<SandboxLimits>;
  /** Most worker processes, by language. Default: 2 each. */
  maxWorkers?: Partial<Record<CodeLanguage, number>>;
  /** How long a worker without work is kept. Default: 60,000. Unit: milliseconds. */
  idleMs?: number;
  /** Most runs of a language that wait for a worker. Default: 10,000. */
  queueLength?: number;
  /** How long a run waits for a worker. Default: 60,000. Unit: milliseconds. */
  queueWaitMs?: number;
}

/**
 * Runs code in processes of its own: JavaScript in QuickJS, Python in Pyodide, behind the walls that README.md describes. No two runs share
 * interpreter state.
 */
export class ProcessSandbox extends CodeSandbox {
  readonly isRepeatable = true;
  private readonly limits: SandboxLimits;
  private readonly pools: Readonly<Record<CodeLanguage, WorkerPool>>;
  private foundations: Promise<{ lockDown: LockDown; programs: Record<CodeLanguage, WorkerProgram> }> | null = null;
  private lastId = 0;

  constructor(options: ProcessSandboxOptions = {}) {
    super();
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    const pool = (language: CodeLanguage): WorkerPool => {
      const bounds: PoolOptions = {
        maxWorkers: options.maxWorkers?.[language] ?? 2,
        idleMs: options.idleMs ?? 60_000,
        queueLength: options.queueLength ?? 10_000,
        queueWaitMs: options.queueWaitMs ?? 60_000,
      };
      return new WorkerPool(bounds, () => this.startWorker(language));
    };
    this.pools = { python3: pool('python3'), javascript: pool('javascript') };
  }

  async run({ language, code, inputs, signal }: CodeRequest): Promise<CodeResult> {
    signal?.throwIfAborted();
    const { codeLength, inputsLength, timeoutMs, outputBytes, resultLength } = this.limits;
    if (code.length > codeLength) throw limitFailure('codeLength', codeLength);
    const message: RunMessage = {
      id: (this.lastId += 1),
      code,
      inputs: inputsAsJson(language, inputs, inputsLength),
      seed: randomBytes(SEED_BYTES).toString('hex'),
      limits: { timeoutMs, outputBytes, resultLength },
    };
    const end = await this.pools[language].use((worker) => worker.run(message, signal), signal);
    signal?.throwIfAborted();
    return this.resultOf(end, message.id);
  }

  /** Starts a worker of each language, or of one, so that the first run need not wait for it. */
  async warm(language?: CodeLanguage): Promise<void> {
    const languages = language === undefined ? LANGUAGES : [language];
    await Promise.all(languages.map((each) => this.pools[each].warm()));
  }

  /** What keeps the workers in on this machine. */
  async protections(): Promise<Protections> {
    return (await this.foundation()).lockDown.protections;
  }

  /** Process numbers of the living workers of a language. */
  workerPids(language: CodeLanguage): number[] {
    return this.pools[language].pids;
  }

  async close(): Promise<void> {
    for (const language of LANGUAGES) this.pools[language].close();
  }

  private foundation(): NonNullable<typeof this.foundations> {
    return (this.foundations ??= (async () => {
      const [python3, javascript] = await Promise.all([findWorkerProgram('python3'), findWorkerProgram('javascript')]);
      return { lockDown: await findLockDown([python3, javascript]), programs: { python3, javascript } };
    })());
  }

  private async startWorker(language: CodeLanguage): Promise<WorkerProcess> {
    const { lockDown, programs } = await this.foundation();
    return new WorkerProcess(programs[language], lockDown, { memoryBytes: this.limits.memoryBytes });
  }

  private resultOf(end: Answer | LostRun, id: number): CodeResult {
    if ('lost' in end) throw this.lostRun(end);
    if (end.id !== id) throw new CodeFailure({ reason: 'unavailable', message: 'The worker answered to another run.' });
    const stdout = Buffer.byteLength(end.stdout) > this.limits.outputBytes ? '' : end.stdout;
    if ('json' in end.outcome) return readResult(end.outcome.json, stdout, this.limits);
    throw this.reportedFailure(end.outcome.failure, stdout);
  }

  private reportedFailure({ limit, ...facts }: ReportedFailure, stdout: string): CodeFailure {
    return limit ? this.limitOf(limit, stdout) : new CodeFailure({ ...facts, stdout });
  }

  private limitOf(limit: NonNullable<ReportedFailure['limit']>, stdout: string): CodeFailure {
    const value = limit in this.limits ? this.limits[limit as keyof SandboxLimits] : 0;
    return limitFailure(limit, value, { stdout });
  }

  private lostRun(end: LostRun): CodeFailure {
    if (end.lost === 'killed') return limitFailure('timeoutMs', this.limits.timeoutMs);
    return new CodeFailure({ reason: 'exception', message: `The code ended its interpreter: ${end.reason}.` });
  }
}
