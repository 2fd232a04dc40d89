import type { ConfigClass } from '../env.js';
import { DatabaseConfig } from './database.config.js';
import { RedisConfig } from './redis.config.js';
import { ServerConfig } from './server.config.js';

/** Every configuration class, in the order of the reference page. */
export const configAreas: readonly ConfigClass[] = [ServerConfig, DatabaseConfig, RedisConfig];

export { DatabaseConfig, RedisConfig, ServerConfig };
export type { ProcessRole } from './server.config.js';
