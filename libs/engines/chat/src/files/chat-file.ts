/** Kinds of files (contract models-agents-tools 16). */
export type FileType = 'image' | 'document' | 'audio' | 'video' | 'custom';

/** Where the bytes of a file are. */
export type TransferMethod = 'local_file' | 'remote_url' | 'tool_file' | 'datasource_file';

/** A file of a message, looked up: it belongs to the caller's workspace and can be read. */
export interface ChatFile {
  readonly type: FileType;
  readonly transferMethod: TransferMethod;
  readonly filename: string;
  /** With its dot, such as `.png`; "" when there is none. */
  readonly extension: string;
  readonly mimeType: string;
  /** Bytes; -1 when unknown. */
  readonly size: number;
  /** Set for files by URL. */
  readonly remoteUrl: string | null;
  /** Id of the upload or tool file behind it; null for a mere URL. */
  readonly relatedId: string | null;
  /** Who brought it; null in old rows, read as the user. */
  readonly belongsTo: 'user' | 'assistant' | null;
}

/** Which files an app takes (contract console-apps-workflows 5.7). */
export interface FileUploadSettings {
  /** Empty: every type. */
  readonly allowedTypes: readonly FileType[];
  /** For type `custom`; lower case, with a dot. */
  readonly allowedExtensions: readonly string[];
  /** Empty: every method. */
  readonly allowedMethods: readonly TransferMethod[];
  /** Most files of a message, and most pictures; 0: no limit. */
  readonly numberLimit: number;
}
