import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type IdempotencyScope, RunIdempotencyRepository } from '../repositories/run-idempotency.repository.js';
import { IdempotencyKeyReusedError } from '../runs.errors.js';

/** One run per Idempotency-Key, app and principal within 24 hours. */
@Injectable()
export class RunIdempotency {
  constructor(private readonly keys: RunIdempotencyRepository) {}

  /**
   * Claims a key for a run that is about to begin. Answers null when it is free, or the id of the run that has it with the
   * same body. Throws {@link IdempotencyKeyReusedError} (422) when the body was another.
   */
  async claim(scope: IdempotencyScope, request: { runId: string; body: unknown }): Promise<string | null> {
    const requestHash = createHash('sha256').update(canonicalJson(request.body)).digest('hex');
    const holder = await this.keys.claim(scope, { runId: request.runId, requestHash });
    if (holder.runId === request.runId) return null;
    if (holder.requestHash !== requestHash) throw new IdempotencyKeyReusedError();
    return holder.runId;
  }

  /** Gives a key back whose run was refused before it began. */
  async release(scope: IdempotencyScope, runId: string): Promise<void> {
    await this.keys.release(scope, runId);
  }
}

/** JSON with sorted keys: two bodies that mean the same are the same. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  );
}
