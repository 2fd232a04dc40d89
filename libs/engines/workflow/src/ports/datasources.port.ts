import type { FileValue } from '../values/file-value.js';
import type { InvokeMessage } from './invoke-message.js';

/** A datasource as a node's configuration names it (contract workflow-engine 7.7). */
export interface DatasourceChoice {
  readonly pluginId: string;
  readonly providerName: string;
  /** `online_document`, `online_drive`, `website_crawl`, `local_file`. */
  readonly providerType: string;
  readonly datasourceName: string;
  readonly pluginUniqueIdentifier: string | null;
}

/** One call of a datasource. Secrets are revealed. */
export interface DatasourceCall {
  readonly choice: DatasourceChoice;
  /** What is to be read: ids, names and `credential_id`, with their wire names (contract knowledge 23.5). */
  readonly info: Readonly<Record<string, unknown>>;
  /** The node's own parameters, references resolved. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The user who asks; an opaque id. */
  readonly user: string;
  readonly signal: AbortSignal;
}

/** The datasources of a run's workspace. */
export abstract class WorkflowDatasources {
  /** An upload of the workspace; null when there is none of that id. */
  abstract localFile(uploadId: string): Promise<FileValue | null>;

  /** A page of an online document. Its text comes as variables. */
  abstract readDocument(call: DatasourceCall): AsyncIterable<InvokeMessage>;

  /** A file of an online drive. It comes as a file message. */
  abstract readDrive(call: DatasourceCall): AsyncIterable<InvokeMessage>;
}
