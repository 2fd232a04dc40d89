import { Injectable } from '@nestjs/common';
import { randomCode } from '#common';
import { SiteNotFoundError } from '../apps.errors.js';
import type { SiteEntity } from '../entities/site.entity.js';
import { SiteRepository } from '../repositories/site.repository.js';

const CODE_LENGTH = 16;

/** Public pages of apps. */
@Injectable()
export class SiteService {
  constructor(private readonly sites: SiteRepository) {}

  find(tenantId: string, appId: string): Promise<SiteEntity | null> {
    return this.sites.find(tenantId, appId);
  }

  /** Throws 404 when the app has no page. */
  async get(tenantId: string, appId: string): Promise<SiteEntity> {
    const site = await this.sites.find(tenantId, appId);
    if (!site) throw new SiteNotFoundError();
    return site;
  }

  /** Changes what is given and leaves the rest. */
  async update(actor: { tenantId: string; accountId: string }, appId: string, changes: Partial<SiteEntity>): Promise<SiteEntity> {
    await this.get(actor.tenantId, appId);
    const present = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined && value !== null));
    await this.sites.update(actor.tenantId, appId, { ...present, updatedBy: actor.accountId, updatedAt: new Date() });
    return this.get(actor.tenantId, appId);
  }

  /** Gives the page a new address; the old one leads nowhere from then on. */
  resetCode(actor: { tenantId: string; accountId: string }, appId: string): Promise<SiteEntity> {
    return this.update(actor, appId, { code: randomCode(CODE_LENGTH) });
  }
}
