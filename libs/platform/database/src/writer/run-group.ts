import { mergeRows, prepareRow, type PreparedRow } from './prepared-row.js';
import { LEDGER, type RunBatch } from './run-batch.js';

interface Waiter {
  resolve: () => void;
  reject: (error: unknown) => void;
  /** Until when an unreachable database is waited for; on the clock of `performance.now()`. */
  deadline: number;
}

/** What one run wants to write in the next flush: all of its batches that wait, merged row by row. */
export class RunGroup {
  readonly runId: string;
  readonly fence: number;
  readonly rows = new Map<string, PreparedRow>();
  /** Size of the JSON of its rows. Unit: characters. */
  size = 0;
  /** Whether the ledger row is inserted by this group itself. */
  isStart = false;
  /** Whether an earlier attempt may have been committed without our seeing the answer. */
  isUncertain = false;
  private waiters: Waiter[] = [];

  constructor(batch: RunBatch) {
    this.runId = batch.runId;
    this.fence = batch.fence;
  }

  /** Adds a batch. Throws TypeError for values that JSON does not know; the group is as before then. */
  add(batch: RunBatch, waiter: Waiter): void {
    const prepared = batch.rows.map(prepareRow).filter((row) => row.op === 'insert' || row.signature !== 'id');
    for (const row of prepared) {
      const key = `${row.table}:${row.row.id}`;
      const earlier = this.rows.get(key);
      const merged = earlier ? mergeRows(earlier, row) : row;
      this.size += merged.json.length - (earlier?.json.length ?? 0);
      this.rows.set(key, merged);
    }
    this.isStart ||= batch.start === true;
    this.waiters.push(waiter);
  }

  /** Takes what came for the same run and fence while this group was under way in vain. */
  absorb(later: RunGroup): void {
    for (const [key, row] of later.rows) {
      const earlier = this.rows.get(key);
      this.rows.set(key, earlier ? mergeRows(earlier, row) : row);
    }
    this.size += later.size;
    this.isStart ||= later.isStart;
    this.waiters.push(...later.waiters);
  }

  /** The patch of the run's own ledger row, when there is one: it checks the fence by itself. */
  get ledgerPatch(): PreparedRow | undefined {
    const row = this.rows.get(`${LEDGER}:${this.runId}`);
    return row?.op === 'patch' ? row : undefined;
  }

  resolve(): void {
    for (const waiter of this.waiters) waiter.resolve();
  }

  reject(error: unknown): void {
    for (const waiter of this.waiters) waiter.reject(error);
  }

  /** Refuses everybody once one of them can't wait any longer: the rows are merged, they go together. */
  rejectIfLate(now: number, error: unknown): boolean {
    const isLate = this.waiters.some((waiter) => waiter.deadline <= now);
    if (isLate) this.reject(error);
    return isLate;
  }
}
