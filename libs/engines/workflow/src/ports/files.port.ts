import type { FileKind, FileValue } from '../values/file-value.js';

/** A file that a node got from outside. */
export interface NewFile {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  /** With its extension; null: the store makes one up from the MIME type. */
  readonly filename: string | null;
  readonly type: FileKind;
}

/** The bytes behind the files of a run. Only files of the run's workspace are given out; URLs are fetched by the guarded client. */
export abstract class WorkflowFiles {
  /** The bytes of a file. Rejects when they can't be read, or are more than the platform's limit. */
  abstract read(file: FileValue, signal?: AbortSignal): Promise<Uint8Array>;

  /** A URL at which a model's vendor can fetch the file: signed, or the file's own. */
  abstract publicUrl(file: FileValue): Promise<string>;

  /** Keeps a file; it is a tool file from then on, with a signed URL. */
  abstract store(file: NewFile): Promise<FileValue>;

  /** `MULTIMODAL_SEND_FORMAT`: how files go to models, as bytes within the prompt or as a URL. Default `base64`. */
  readonly sendFormat: 'base64' | 'url' = 'base64';
}
