import { LoadBalancingModelConfigEntity } from './entities/load-balancing-model-config.entity.js';
import { ProviderCredentialEntity } from './entities/provider-credential.entity.js';
import { ProviderModelCredentialEntity } from './entities/provider-model-credential.entity.js';
import { ProviderModelSettingEntity } from './entities/provider-model-setting.entity.js';
import { ProviderModelEntity } from './entities/provider-model.entity.js';
import { ProviderEntity } from './entities/provider.entity.js';
import { TenantDefaultModelEntity } from './entities/tenant-default-model.entity.js';
import { TenantPreferredModelProviderEntity } from './entities/tenant-preferred-model-provider.entity.js';

/** Tables of this feature, for `DatabaseModule`. */
export const modelsEntities = [
  ProviderEntity,
  ProviderCredentialEntity,
  ProviderModelEntity,
  ProviderModelCredentialEntity,
  ProviderModelSettingEntity,
  LoadBalancingModelConfigEntity,
  TenantDefaultModelEntity,
  TenantPreferredModelProviderEntity,
];
