export * from './areas/index.js';
export { ConfigModule } from './config.module.js';
export { type ConfigClass, Env, type EnvField, envFieldsOf } from './env.js';
export { ConfigError, type Environment, LoadedConfig, loadConfig } from './load-config.js';
export * as envSchemas from './schemas.js';
export { modelEnvironment } from './model-environment.js';
export type { ModelEnvironment } from './model-environment.js';
