export { type EmbeddedAddress, EmbeddedDatabase, type EmbeddedOptions } from './embedded-database.js';
export * from './embedded-database.errors.js';
export { engineVersion } from './engine-version.js';
export { dropOutdatedPrepared, ensurePrepared, expectPrepared, findExpectedPrepared, findPrepared } from './prepared-directory.js';
