import { ApiTokenEntity } from './entities/api-token.entity.js';
import { AppModelConfigEntity } from './entities/app-model-config.entity.js';
import { AppEntity } from './entities/app.entity.js';
import { EndUserEntity } from './entities/end-user.entity.js';
import { InstalledAppEntity } from './entities/installed-app.entity.js';
import { SiteEntity } from './entities/site.entity.js';

/** Tables of this feature, for `DatabaseModule`. */
export const appsEntities = [AppEntity, AppModelConfigEntity, SiteEntity, ApiTokenEntity, EndUserEntity, InstalledAppEntity];
