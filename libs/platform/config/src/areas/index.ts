import type { ConfigClass } from '../env.js';
import { DatabaseConfig } from './database.config.js';
import { EgressConfig } from './egress.config.js';
import { HttpConfig } from './http.config.js';
import { CacheConfig } from './cache.config.js';
import { RunStreamConfig } from './run-stream.config.js';
import { JobsConfig } from './jobs.config.js';
import { EditionConfig } from './edition.config.js';
import { MailConfig } from './mail.config.js';
import { RedisConfig } from './redis.config.js';
import { SecurityConfig } from './security.config.js';
import { RunsConfig } from './runs.config.js';
import { ServerConfig } from './server.config.js';
import { StorageConfig } from './storage.config.js';
import { TelemetryConfig } from './telemetry.config.js';
import { ChatConfig } from './chat.config.js';
import { ModelsConfig } from './models.config.js';
import { DocumentsConfig } from './documents.config.js';
import { SandboxConfig } from './sandbox.config.js';
import { UploadsConfig } from './uploads.config.js';
import { WorkflowConfig } from './workflow.config.js';

/** Every configuration class, in the order of the reference page. */
export const configAreas: readonly ConfigClass[] = [
  ServerConfig,
  DatabaseConfig,
  RedisConfig,
  HttpConfig,
  TelemetryConfig,
  EgressConfig,
  CacheConfig,
  RunStreamConfig,
  JobsConfig,
  ChatConfig,
  UploadsConfig,
  StorageConfig,
  SecurityConfig,
  MailConfig,
  EditionConfig,
  RunsConfig,
  ModelsConfig,
  WorkflowConfig,
  SandboxConfig,
  DocumentsConfig,
];

export {
  UploadsConfig,
  StorageConfig,
  SecurityConfig,
  MailConfig,
  EditionConfig,
  ChatConfig,
  DatabaseConfig,
  EgressConfig,
  HttpConfig,
  RedisConfig,
  ServerConfig,
  TelemetryConfig,
  CacheConfig,
  RunStreamConfig,
  JobsConfig,
  RunsConfig,
  ModelsConfig,
  WorkflowConfig,
  SandboxConfig,
  DocumentsConfig,
};
export type { ProcessRole } from './server.config.js';
export type { LogLevel } from './telemetry.config.js';
