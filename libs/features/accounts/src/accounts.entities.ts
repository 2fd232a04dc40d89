import { AccountEntity } from './entities/account.entity.js';

/** Tables of this feature, for `DatabaseModule`. */
export const accountsEntities = [AccountEntity];
