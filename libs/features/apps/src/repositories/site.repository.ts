import { Injectable } from '@nestjs/common';
import { Entities, type Tx } from '#platform/database';
import { InstalledAppEntity } from '../entities/installed-app.entity.js';
import { SiteEntity } from '../entities/site.entity.js';

/** Rows of `sites` and the place of an app on the explore page. */
@Injectable()
export class SiteRepository {
  constructor(private readonly entities: Entities) {}

  async insert(site: SiteEntity, tx: Tx): Promise<void> {
    await this.entities.of(SiteEntity, tx).insert(site);
  }

  async insertInstalled(row: InstalledAppEntity, tx: Tx): Promise<void> {
    await this.entities.of(InstalledAppEntity, tx).insert(row);
  }

  find(tenantId: string, appId: string): Promise<SiteEntity | null> {
    return this.entities.of(SiteEntity).findOneBy({ tenantId, appId });
  }

  async update(tenantId: string, appId: string, changes: Partial<SiteEntity>): Promise<void> {
    await this.entities.of(SiteEntity).update({ tenantId, appId }, changes);
  }

  /** Removes the page of an app and its places on explore pages, in every workspace. */
  async purge(tenantId: string, appId: string): Promise<void> {
    await this.entities.of(SiteEntity).delete({ tenantId, appId });
    await this.entities.of(InstalledAppEntity).delete({ appOwnerTenantId: tenantId, appId });
  }
}
