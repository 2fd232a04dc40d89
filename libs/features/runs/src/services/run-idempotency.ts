import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type IdempotencyHolder, type IdempotencyScope, RunIdempotencyRepository } from '../repositories/run-idempotency.repository.js';
import { RunRepository } from '../repositories/run.repository.js';
import { IdempotencyKeyReusedError } from '../runs.errors.js';

/** How long a run that has the key may take from the claim to its row in the ledger; later it counts as never begun. */
const START_SECONDS = 15;
const LOOK_MS = 50;

/** One run per Idempotency-Key, app and principal within 24 hours. */
@Injectable()
export class RunIdempotency {
  constructor(
    private readonly keys: RunIdempotencyRepository,
    private readonly runs: RunRepository,
  ) {}

  /**
   * Claims a key for a run that is about to begin. Answers null when it is free, or the id of the run that has it with the
   * same body; that run is in the ledger by then and can be followed. Throws {@link IdempotencyKeyReusedError} (422) when the
   * body was another. What can be a key is said where it is read (`parseIdempotencyKey`).
   */
  async claim(scope: IdempotencyScope, request: { runId: string; body: unknown }): Promise<string | null> {
    const requestHash = createHash('sha256').update(canonicalJson(request.body)).digest('hex');
    for (;;) {
      const holder = await this.keys.claim(scope, { runId: request.runId, requestHash });
      if (holder.runId === request.runId) return null;
      if (holder.requestHash !== requestHash) throw new IdempotencyKeyReusedError();
      if (await this.runs.exists(scope.tenantId, holder.runId)) return holder.runId;
      await this.waitOrGiveUp(scope, holder);
    }
  }

  /** Gives a key back whose run was refused before it began. */
  async release(scope: IdempotencyScope, runId: string): Promise<void> {
    await this.keys.release(scope, runId);
  }

  /** Forgets keys that have passed their 24 hours. Answers how many. */
  async purgeExpired(): Promise<number> {
    return this.keys.purge();
  }

  /** The run that has the key is about to begin, or its process died on the way: then the key is free again. */
  private async waitOrGiveUp(scope: IdempotencyScope, holder: IdempotencyHolder): Promise<void> {
    if (holder.ageSeconds > START_SECONDS) await this.keys.release(scope, holder.runId);
    else await sleep(LOOK_MS);
  }
}

/** JSON with sorted keys: two bodies that mean the same are the same. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
