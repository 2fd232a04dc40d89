/** Cache area of one workspace's configuration of one provider; key `<tenant>:<provider>`. */
export const PROVIDER_CONFIGURATION_CACHE = 'models.provider';

/** Cache area of default models; key `<tenant>:<model type>`. */
export const DEFAULT_MODEL_CACHE = 'models.default';

/** How long decrypted credentials stay in memory. Unit: milliseconds. */
export const CREDENTIALS_TTL_MS = 60_000;

/** Most models whose decrypted credentials stay in memory. */
export const MAX_RESOLVED_MODELS = 2000;

/** Most characters of a credential's name. */
export const MAX_CREDENTIAL_NAME_LENGTH = 30;

/** Name of the balancing entry that stands for the credential in use. */
export const INHERITED_ENTRY = '__inherit__';
