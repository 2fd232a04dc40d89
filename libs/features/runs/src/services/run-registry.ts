import { Injectable } from '@nestjs/common';
import { type AbortSwitch, SlotMap } from '#common';
import type { AbortReason, RunPrincipal } from '../run.js';

/** A run that this process executes. */
export interface RegisteredRun {
  id: string;
  tenantId: string;
  appId: string;
  principal: RunPrincipal;
  fence: number;
  /** What tells it to end. */
  signal: AbortSwitch;
  /** When its time is over. Unit: milliseconds since 1970. */
  deadline: number;
}

/** The runs that this process executes. */
@Injectable()
export class RunRegistry {
  private readonly runs = new SlotMap<RegisteredRun>();
  private readonly perApp = new Map<string, number>();
  private readonly idle = new Set<() => void>();

  get size(): number {
    return this.runs.size;
  }

  /** The ids of all runs here. */
  ids(): string[] {
    return [...this.runs.keys()];
  }

  find(runId: string): RegisteredRun | undefined {
    return this.runs.get(runId);
  }

  /** How many runs of an app are here. */
  countOf(appId: string): number {
    return this.perApp.get(appId) ?? 0;
  }

  add(run: RegisteredRun): void {
    this.remove(run.id, this.runs.get(run.id)?.fence ?? run.fence);
    this.runs.set(run.id, run);
    this.perApp.set(run.appId, this.countOf(run.appId) + 1);
  }

  /** Takes a run out when its work here under this fence has ended; one that was adopted again since then stays. */
  remove(runId: string, fence: number): void {
    const run = this.runs.get(runId);
    if (run?.fence !== fence) return;
    this.runs.delete(runId);
    if (this.countOf(run.appId) > 1) this.perApp.set(run.appId, this.countOf(run.appId) - 1);
    else this.perApp.delete(run.appId);
    if (this.runs.size > 0) return;
    for (const notify of this.idle) notify();
    this.idle.clear();
  }

  /** Tells a run to end early; the first reason stays. False when it is not here. */
  abort(runId: string, reason: AbortReason): boolean {
    const run = this.runs.get(runId);
    if (!run) return false;
    run.signal.abort(reason);
    return true;
  }

  /** Tells the runs whose time is over. */
  abortLate(now: number): void {
    for (const run of this.runs.values()) if (run.deadline <= now) this.abort(run.id, 'time_limit');
  }

  /** Tells all runs to end early. */
  abortAll(reason: AbortReason): void {
    for (const id of this.ids()) this.abort(id, reason);
  }

  /** Resolves when no run is left, or after the deadline. Answers whether none is left. */
  async drained(deadlineMs: number): Promise<boolean> {
    if (this.runs.size === 0) return true;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, deadlineMs);
      this.idle.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    return this.runs.size === 0;
  }
}
