import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import { SlotMap } from '#common';
import { databaseErrorFacts, DatabaseUnavailableError, isDatabaseUnavailable } from '../database.errors.js';
import { buildFlush } from './flush-statement.js';
import { LEDGER, type RunBatch } from './run-batch.js';
import { RunGroup } from './run-group.js';
import type { RunWriterTables } from './run-writer-tables.js';
import { RowRejectedError, RunFencedError, WriterOverloadedError } from './writer.errors.js';

/** Bounds of the writer. */
export interface RunWriterOptions {
  /**
   * Whether starts have flushes of their own, beside those of all else: what a caller waits for before his first frame then does not wait for
   * the wide rows of others that end. Not where there is one session.
   */
  startsApart: boolean;
  /**
   * How long after one flush of what is no start the next one begins at the earliest, as long as many runs write: fewer and larger flushes leave
   * the processor to starts. Only with `startsApart`; 0 for never. Unit: milliseconds.
   */
  gatherMs: number;
  /** Most rows that wait; more are refused with 503. */
  maxQueuedRows: number;
  /** Longest wait for one flush. Unit: milliseconds. */
  flushTimeoutMs: number;
  /** How long the start of a run waits for a database that does not answer. Unit: milliseconds. */
  startPatienceMs: number;
  /** How long later batches wait for it: what was computed is worth more than what was asked. Unit: milliseconds. */
  patienceMs: number;
}

const MAX_QUEUED_SIZE = 128 * 1024 * 1024;
const MAX_FLUSH_GROUPS = 500;
const MAX_FLUSH_SIZE = 8 * 1024 * 1024;
/** From so many runs in a flush on, the next one gathers. */
const MANY_GROUPS = 4;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1000;
/** Two flushes or a reader met in an unlucky order; the same statement works when it is sent again. */
const CONFLICT_STATES = new Set(['40001', '40P01']);

/** What goes together: starts, the rest, or all. */
type Lane = 'start' | 'rest' | 'all';

/** Figures for metrics and the bench. */
export interface RunWriterStats {
  /** Statements that committed. */
  flushes: number;
  /** Batches that were committed. */
  batches: number;
  /** Rows that wait now. */
  queuedRows: number;
}

/**
 * Group commit: rows of all runs that arrive while a flush is under way leave together in the next one, in one statement.
 * A batch is committed as a whole under its run's fence, or its writer gets the error and nobody else does.
 */
export class RunWriter {
  private readonly logger = new Logger('writer');
  private readonly queue = new SlotMap<RunGroup>();
  private readonly busyRuns = new Set<string>();
  private readonly lanes: readonly Lane[];
  private readonly flights = new Set<Lane>();
  private isScheduled = false;
  /** Until when the rest gathers, on the clock of `performance.now()`. */
  private gathersUntil = 0;
  private gathering: NodeJS.Timeout | null = null;
  private failures = 0;
  private isPaused = false;
  private queuedRows = 0;
  private queuedSize = 0;
  private readonly counts = { flushes: 0, batches: 0 };

  constructor(
    private readonly pool: Pool,
    private readonly tables: RunWriterTables,
    private readonly options: RunWriterOptions,
  ) {
    this.lanes = options.startsApart ? ['start', 'rest'] : ['all'];
  }

  get stats(): RunWriterStats {
    return { ...this.counts, queuedRows: this.queuedRows };
  }

  /**
   * Resolves after the commit. Rejects with {@link RunFencedError}, {@link RowRejectedError}, `writer_overloaded` (503) or, when the
   * database stays away too long, `database_unavailable` (503); after the last one the rows may still turn up.
   */
  async write(batch: RunBatch): Promise<void> {
    this.assertRoom(batch);
    const deadline = performance.now() + (batch.start === true ? this.options.startPatienceMs : this.options.patienceMs);
    await new Promise<void>((resolve, reject) => {
      const key = `${batch.runId}:${String(batch.fence)}`;
      const group = this.queue.get(key) ?? new RunGroup(batch);
      const before = { rows: group.rows.size, size: group.size };
      group.add(batch, { resolve, reject, deadline });
      this.queue.set(key, group);
      this.queuedRows += group.rows.size - before.rows;
      this.queuedSize += group.size - before.size;
      this.schedule();
    });
    this.counts.batches += 1;
  }

  /** Waits until nothing is queued or under way. */
  async drain(deadlineMs: number): Promise<void> {
    const until = performance.now() + deadlineMs;
    while ((this.queue.size > 0 || this.flights.size > 0) && performance.now() < until) await sleep(5);
  }

  /** Starts are refused first, so that runs which were accepted can still be finished. */
  private assertRoom({ start, rows }: RunBatch): void {
    const share = start === true ? 1 : 2;
    const isFull = this.queuedRows + rows.length > this.options.maxQueuedRows * share || this.queuedSize > MAX_QUEUED_SIZE * share;
    if (isFull) throw new WriterOverloadedError();
  }

  /** At the end of this turn of the event loop: what the same turn brings leaves together. */
  private schedule(): void {
    if (this.isScheduled || this.isPaused || this.flights.size === this.lanes.length) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      if (this.isPaused) return;
      for (const lane of this.lanes) {
        if (this.flights.has(lane) || this.isGathering(lane)) continue;
        const groups = this.takeGroups(lane);
        if (groups.length > 0) void this.fly(lane, groups);
      }
    });
  }

  /** Whether the lane waits for more; the flush is scheduled for when it has waited. */
  private isGathering(lane: Lane): boolean {
    if (lane !== 'rest') return false;
    const left = this.gathersUntil - performance.now();
    if (left <= 0) return false;
    this.gathering ??= setTimeout(() => {
      this.gathering = null;
      this.schedule();
    }, Math.ceil(left));
    return true;
  }

  /** Groups for the next flush. A run that is under way waits: its next rows may need the ones before. */
  private takeGroups(lane: Lane): RunGroup[] {
    const taken: RunGroup[] = [];
    let size = 0;
    for (const [key, group] of this.queue.entries()) {
      if (lane !== 'all' && group.isStart !== (lane === 'start')) continue;
      if (this.busyRuns.has(group.runId)) continue;
      if (taken.length === MAX_FLUSH_GROUPS || (taken.length > 0 && size + group.size > MAX_FLUSH_SIZE)) break;
      this.queue.delete(key);
      this.queuedRows -= group.rows.size;
      this.queuedSize -= group.size;
      this.busyRuns.add(group.runId);
      size += group.size;
      taken.push(group);
    }
    return taken;
  }

  private async fly(lane: Lane, groups: RunGroup[]): Promise<void> {
    this.flights.add(lane);
    if (lane === 'rest' && groups.length >= MANY_GROUPS) this.gathersUntil = performance.now() + this.options.gatherMs;
    const failed: RunGroup[] = [];
    await this.flush(groups, failed);
    for (const group of groups) this.busyRuns.delete(group.runId);
    this.flights.delete(lane);
    if (failed.length > 0) await this.putBack(failed);
    this.schedule();
  }

  /** Sends groups; `failed` collects those that could not be sent for want of a database. Never rejects. */
  private async flush(groups: readonly RunGroup[], failed: RunGroup[]): Promise<void> {
    try {
      const { text, values } = buildFlush(groups, this.tables);
      const { rows } = await this.pool.query<{ held: number[] }>({ text, values, query_timeout: this.options.flushTimeoutMs } as {
        text: string;
        values: string[];
      });
      this.failures = 0;
      this.counts.flushes += 1;
      await this.settle(groups, new Set(rows[0]?.held), failed);
    } catch (error) {
      if (isDatabaseUnavailable(error) || CONFLICT_STATES.has(databaseErrorFacts(error).sqlState ?? '')) {
        for (const group of groups) group.isUncertain = true;
        failed.push(...groups);
      } else if (groups.length === 1) groups[0]?.reject(new RowRejectedError(groups[0].runId, error));
      else {
        const middle = groups.length >> 1;
        await this.flush(groups.slice(0, middle), failed);
        await this.flush(groups.slice(middle), failed);
      }
    }
  }

  private async settle(groups: readonly RunGroup[], held: ReadonlySet<number>, failed: RunGroup[]): Promise<void> {
    const fenced: RunGroup[] = [];
    groups.forEach((group, index) => {
      if (group.isStart || held.has(index + 1)) group.resolve();
      else fenced.push(group);
    });
    for (const group of fenced) await this.settleFenced(group, failed);
  }

  /** A run that we finished in an attempt whose answer was lost looks fenced; only the holder of the fence can have finished it. */
  private async settleFenced(group: RunGroup, failed: RunGroup[]): Promise<void> {
    if (!group.isUncertain) {
      group.reject(new RunFencedError(group.runId));
      return;
    }
    try {
      const found = await this.pool.query(`select 1 from ${LEDGER} where id = $1 and fence = $2 and finished_at is not null`, [
        group.runId,
        group.fence,
      ]);
      if (found.rowCount === 1 && group.ledgerPatch?.row.finished_at) group.resolve();
      else group.reject(new RunFencedError(group.runId));
    } catch {
      failed.push(group);
    }
  }

  /** Queues again whoever can still wait, after a pause that grows: a dead database is not hammered. */
  private async putBack(failed: readonly RunGroup[]): Promise<void> {
    for (const group of failed) this.enqueueAgain(group);
    if (this.isPaused) return;
    if (this.failures === 0) this.logger.warn('The database does not answer; runs wait to be written');
    this.isPaused = true;
    await sleep(Math.min(FIRST_PAUSE_MS * 2 ** this.failures, LONGEST_PAUSE_MS));
    this.failures = Math.min(this.failures + 1, 10);
    this.isPaused = false;
    this.rejectLate();
  }

  private enqueueAgain(group: RunGroup): void {
    const key = `${group.runId}:${String(group.fence)}`;
    const later = this.queue.get(key);
    if (later) {
      group.absorb(later);
      this.queuedRows -= later.rows.size;
      this.queuedSize -= later.size;
    }
    this.queue.set(key, group);
    this.queuedRows += group.rows.size;
    this.queuedSize += group.size;
  }

  private rejectLate(): void {
    const now = performance.now();
    for (const [key, group] of this.queue.entries()) {
      if (!group.rejectIfLate(now, new DatabaseUnavailableError())) continue;
      this.queue.delete(key);
      this.queuedRows -= group.rows.size;
      this.queuedSize -= group.size;
    }
  }
}
