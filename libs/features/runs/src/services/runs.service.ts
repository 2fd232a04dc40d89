import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AbortSwitch, uuidv7 } from '#common';
import { RunStreams, type RunStreamWriter } from '#platform/bus';
import { RedisConfig, RunsConfig, ServerConfig } from '#platform/config';
import { type RowOp, RunWriterTables } from '#platform/database';
import type { AppMode } from '#platform/http';
import { requestContext } from '#platform/telemetry';
import { RunRepository } from '../repositories/run.repository.js';
import type { LedgerRun, RunOutcome, RunPrincipal } from '../run.js';
import { ShuttingDownError, TooManyRunsOfAppError } from '../runs.errors.js';
import { ProcessHeartbeat } from './process-heartbeat.js';
import { RunRegistry } from './run-registry.js';
import { RunSlots } from './run-slots.js';
import { RunTakeOver } from './run-take-over.js';
import { SingleProcessCheck } from './single-process-check.js';

/** What a run needs to begin. */
export interface BeginRun {
  tenantId: string;
  appId: string;
  mode: AppMode;
  /** The message or workflow run that it fills. */
  subjectId: string;
  principal: RunPrincipal;
  /** The app's own `max_active_requests`; 0 or null is none. */
  appLimit: number | null;
  /** Made beforehand where an idempotency key was claimed for it. */
  runId?: string;
}

/** A run that this process executes; its owner must call `close` in the end, whatever happens. */
export interface ActiveRun {
  /** The `task_id`. */
  readonly id: string;
  readonly fence: number;
  /** Aborts with an {@link AbortReason}. */
  readonly signal: AbortSignal;
  readonly stream: RunStreamWriter;
  /** The ledger row of its start, for the RunWriter batch that carries `start: true`. */
  startRow(): RowOp;
  /** The ledger row of its end, for the last RunWriter batch. */
  finishRow(outcome: RunOutcome, reason?: string): RowOp;
  /** Ends the stream and gives the place back. */
  close(): void;
}

/** How a run began, and whose it is. */
type FencedRun = Omit<BeginRun, 'appLimit' | 'runId'> & { id: string; fence: number };

/** How often runs are looked through for those whose time is over. Unit: milliseconds. */
const DEADLINE_CHECK_MS = 250;

const COLUMNS = {
  id: 'uuid',
  tenant_id: 'uuid',
  app_id: 'uuid',
  mode: 'varchar',
  subject_id: 'uuid',
  principal: 'varchar',
  state: 'varchar',
  outcome: 'varchar',
  reason: 'text',
  owner: 'uuid',
  fence: 'int',
  deadline: 'timestamptz',
  created_at: 'timestamptz',
  finished_at: 'timestamptz',
} as const;

/** Begins runs in this process and keeps the process known to others. */
@Injectable()
export class RunsService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly slots: RunSlots;
  private isStopping = false;
  private deadlines: NodeJS.Timeout | undefined;

  constructor(
    private readonly registry: RunRegistry,
    private readonly streams: RunStreams,
    private readonly runs: RunRepository,
    private readonly single: SingleProcessCheck,
    private readonly heartbeat: ProcessHeartbeat,
    private readonly takeOver: RunTakeOver,
    private readonly config: RunsConfig,
    private readonly server: ServerConfig,
    private readonly redis: RedisConfig,
    tables: RunWriterTables,
  ) {
    this.slots = new RunSlots(config.maxConcurrentRuns, config.queueTimeoutMs);
    tables.register({ table: 'app_runs', columns: COLUMNS });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.single.assertAlone();
    await this.heartbeat.start();
    this.takeOver.start();
    this.deadlines = setInterval(() => this.registry.abortLate(Date.now()), DEADLINE_CHECK_MS).unref();
  }

  /** Ends what runs, each with a reason, within most of the time a shutdown may take; others may take what is left. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.deadlines);
    this.registry.abortAll('shutdown');
    await this.registry.drained(this.server.shutdownTimeoutMs * 0.6);
    await this.heartbeat.stop();
  }

  /** Admits a run. Throws 503 when the process is full or stopping, and the contract's 400 when the app's limit is reached. */
  async begin(request: BeginRun): Promise<ActiveRun> {
    if (this.isStopping) throw new ShuttingDownError();
    const leave = await this.slots.enter();
    try {
      const elsewhere = await this.countElsewhere(request);
      // Nothing is awaited between the count and the entry in the registry: a burst can't pass the limit together.
      this.checkAppLimit(request, elsewhere);
      const id = request.runId ?? uuidv7();
      requestContext.set({ runId: id });
      return this.activate({ id, fence: 1, ...request }, leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Makes a run that was taken over active here, to end or resume it. */
  adopt(run: LedgerRun): ActiveRun {
    return this.activate(run, () => undefined);
  }

  private activate(run: FencedRun, leave: () => void): ActiveRun {
    const signal = new AbortSwitch();
    const now = Date.now();
    const deadline = now + this.config.maxExecutionSeconds * 1000;
    const stream = this.streams.open(run.id, run.fence);
    const { tenantId, appId, principal, fence } = run;
    this.registry.add({ id: run.id, tenantId, appId, principal, fence, signal, deadline });
    return {
      id: run.id,
      fence: run.fence,
      signal,
      stream,
      startRow: () => ({ table: 'app_runs', op: 'insert', row: this.rowOf(run, now, deadline) }),
      finishRow: (outcome, reason) => ({
        table: 'app_runs',
        op: 'patch',
        row: { id: run.id, state: 'finished', outcome, reason: reason ?? null, finished_at: new Date().toISOString() },
      }),
      close: () => {
        stream.end();
        this.registry.remove(run.id, run.fence);
        leave();
      },
    };
  }

  private rowOf(run: FencedRun, now: number, deadline: number): RowOp['row'] {
    return {
      id: run.id,
      tenant_id: run.tenantId,
      app_id: run.appId,
      mode: run.mode,
      subject_id: run.subjectId,
      principal: run.principal,
      state: 'running',
      owner: this.heartbeat.id,
      fence: run.fence,
      deadline: new Date(deadline).toISOString(),
      created_at: new Date(now).toISOString(),
    };
  }

  private limitOf({ appLimit }: BeginRun): number {
    const limits = [appLimit || this.config.defaultActiveRequests, this.config.maxActiveRequests].filter((limit) => limit > 0);
    return limits.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...limits);
  }

  /** Runs of the app in other processes; there are none without Redis. */
  private async countElsewhere(request: BeginRun): Promise<number> {
    if (!this.redis.isConfigured || this.limitOf(request) === Number.POSITIVE_INFINITY) return 0;
    return this.runs.countElsewhere(request.tenantId, request.appId, this.heartbeat.id);
  }

  private checkAppLimit(request: BeginRun, elsewhere: number): void {
    const limit = this.limitOf(request);
    if (this.registry.countOf(request.appId) + elsewhere >= limit) throw new TooManyRunsOfAppError(request.appId, limit);
  }
}
