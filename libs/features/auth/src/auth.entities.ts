import { DifySetupEntity } from './entities/dify-setup.entity.js';
import { RefreshTokenEntity } from './entities/refresh-token.entity.js';

/** Tables of this feature, for `DatabaseModule`. */
export const authEntities = [DifySetupEntity, RefreshTokenEntity];
