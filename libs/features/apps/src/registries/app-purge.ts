import { Injectable } from '@nestjs/common';

/** Removes what a feature keeps for an app that is gone. Can run twice; returns true while there is more. */
export type AppPurger = (tenantId: string, appId: string) => Promise<boolean>;

/** Who has something to remove when an app is deleted: every feature with tables. Filled at module init, walked by one job. */
@Injectable()
export class AppPurge {
  private readonly purgers = new Map<string, AppPurger>();

  register(feature: string, purger: AppPurger): void {
    if (this.purgers.has(feature)) throw new TypeError(`${feature} registered twice for the removal of apps`);
    this.purgers.set(feature, purger);
  }

  /** Lets every feature remove its rows, batch by batch, until none is left or the signal fires. */
  async purge(tenantId: string, appId: string, signal: AbortSignal): Promise<void> {
    for (const purger of this.purgers.values()) {
      while (await purger(tenantId, appId)) signal.throwIfAborted();
    }
  }
}
