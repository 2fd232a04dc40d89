import { Injectable } from '@nestjs/common';
import { Cache } from '#platform/bus';
import { Transactions } from '#platform/database';
import { Jobs } from '#platform/jobs';
import { AppNotFoundError } from '../apps.errors.js';
import { purgeApp } from '../jobs/purge-app.job.js';
import { ApiKeyRepository } from '../repositories/api-key.repository.js';
import { AppRepository } from '../repositories/app.repository.js';
import { KEY_CACHE } from './api-key.service.js';
import { PUBLISHED_CACHE, publishedKey } from './published-apps.service.js';

/** Removes apps. */
@Injectable()
export class AppDeletionService {
  constructor(
    private readonly apps: AppRepository,
    private readonly keys: ApiKeyRepository,
    private readonly transactions: Transactions,
    private readonly cache: Cache,
    private readonly jobs: Jobs,
  ) {}

  /** Removes an app and its keys at once, and the rest by a job. */
  async delete(tenantId: string, appId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.apps.delete(tenantId, appId, tx))) throw new AppNotFoundError();
      const hashes = await this.keys.deleteAll(tenantId, appId, tx);
      await this.jobs.enqueue(purgeApp, { tenantId, appId }, { tx });
      this.transactions.afterCommit(tx, async () => {
        for (const hash of hashes) await this.cache.invalidate(KEY_CACHE, hash);
        await this.cache.invalidate(PUBLISHED_CACHE, publishedKey(tenantId, appId));
      });
    });
  }
}
