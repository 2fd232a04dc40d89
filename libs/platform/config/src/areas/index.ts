import type { ConfigClass } from '../env.js';
import { DatabaseConfig } from './database.config.js';
import { EgressConfig } from './egress.config.js';
import { HttpConfig } from './http.config.js';
import { CacheConfig } from './cache.config.js';
import { RunStreamConfig } from './run-stream.config.js';
import { JobsConfig } from './jobs.config.js';
import { RedisConfig } from './redis.config.js';
import { ServerConfig } from './server.config.js';
import { TelemetryConfig } from './telemetry.config.js';

/** Every configuration class, in the order of the reference page. */
export const configAreas: readonly ConfigClass[] = [ServerConfig, DatabaseConfig, RedisConfig, HttpConfig, TelemetryConfig, EgressConfig, CacheConfig, RunStreamConfig, JobsConfig];

export { DatabaseConfig, EgressConfig, HttpConfig, RedisConfig, ServerConfig, TelemetryConfig, CacheConfig, RunStreamConfig, JobsConfig };
export type { ProcessRole } from './server.config.js';
export type { LogLevel } from './telemetry.config.js';
