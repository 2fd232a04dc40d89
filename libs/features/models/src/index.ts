export type { ModelRef } from './model-key.js';
export { modelsEntities } from './models.entities.js';
export {
  CredentialsRefusedError,
  ModelDisabledError,
  ProviderNotInitializedError,
  UnknownModelError,
  UnknownProviderError,
} from './models.errors.js';
export { ModelsModule } from './models.module.js';
export { parseProviderId } from './provider-id.js';
export { ModelCatalog, type ListedModel, type ModelFilter, type ModelStatus } from './services/model-catalog.js';
export { DefaultModelService, type DefaultModelChoice } from './services/default-model.service.js';
export { ModelCredentialService, type ModelName } from './services/model-credential.service.js';
export type { ResolvedModel } from './services/model-resolver.js';
export { ModelService } from './services/model.service.js';
export { ProviderCredentialService, type CredentialDraft } from './services/provider-credential.service.js';
export { BUILTIN_PROVIDER_ID, ProviderDirectory } from './services/provider-directory.js';
