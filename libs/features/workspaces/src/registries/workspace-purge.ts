import { Injectable } from '@nestjs/common';

/** Removes what a feature keeps for a workspace that is gone, in batches. Can run twice; stops when the signal fires. */
export type WorkspacePurger = (tenantId: string, signal: AbortSignal) => Promise<void>;

/** Who has something to remove when a workspace is deleted: every feature with tables. Filled at module init, walked by one job. */
@Injectable()
export class WorkspacePurge {
  private readonly purgers = new Map<string, WorkspacePurger>();

  register(feature: string, purger: WorkspacePurger): void {
    if (this.purgers.has(feature)) throw new TypeError(`${feature} registered twice for the removal of workspaces`);
    this.purgers.set(feature, purger);
  }

  /** Lets every feature remove what it keeps. */
  async purge(tenantId: string, signal: AbortSignal): Promise<void> {
    for (const purger of this.purgers.values()) await purger(tenantId, signal);
  }
}
