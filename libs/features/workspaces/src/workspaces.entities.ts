import { TenantAccountJoinEntity } from './entities/tenant-account-join.entity.js';
import { TenantEntity } from './entities/tenant.entity.js';

/** Tables of this feature, for `DatabaseModule`. */
export const workspacesEntities = [TenantEntity, TenantAccountJoinEntity];
