import { isJsonObject } from '#common';

/** Kinds of files, and where their bytes are (contract workflow-engine 3.9). */
export type FileKind = 'image' | 'document' | 'audio' | 'video' | 'custom';
export type FileTransferMethod = 'remote_url' | 'local_file' | 'tool_file' | 'datasource_file';

export const FILE_IDENTITY = '__dify__file__';

/** What is known of a file. */
export interface FileFacts {
  id: string | null;
  tenantId: string;
  type: FileKind;
  transferMethod: FileTransferMethod;
  /** Set for files by URL. */
  remoteUrl: string | null;
  /** Id of the upload or tool file. */
  relatedId: string | null;
  filename: string | null;
  /** With its dot. */
  extension: string | null;
  mimeType: string | null;
  /** Bytes; -1: unknown. */
  size: number;
  /** A signed URL, made by whoever brought the file; null for none. */
  url: string | null;
}

/** Attributes of a file that selectors and conditions can name. */
export const FILE_ATTRIBUTES = ['type', 'size', 'name', 'mime_type', 'transfer_method', 'url', 'extension', 'related_id'] as const;
export type FileAttribute = (typeof FILE_ATTRIBUTES)[number];

/** A file in the variable pool: facts only, its bytes stay with the `WorkflowFiles` port. */
export class FileValue {
  constructor(readonly facts: Readonly<FileFacts>) {}

  /** An attribute by its wire name; undefined for a name that is none. */
  attribute(name: string): unknown {
    const { facts } = this;
    switch (name as FileAttribute) {
      case 'type':
        return facts.type;
      case 'size':
        return facts.size;
      case 'name':
        return facts.filename;
      case 'mime_type':
        return facts.mimeType;
      case 'transfer_method':
        return facts.transferMethod;
      case 'url':
        return this.link;
      case 'extension':
        return facts.extension;
      case 'related_id':
        return facts.relatedId;
      default:
        return undefined;
    }
  }

  /** Where a person or a model can fetch it; null when nowhere. */
  get link(): string | null {
    return this.facts.url ?? this.facts.remoteUrl;
  }

  /** `![name](url)` for pictures, else `[name](url)`. */
  get markdown(): string {
    const url = this.link ?? '';
    const { filename, type } = this.facts;
    return type === 'image' ? `![${filename ?? ''}](${url})` : `[${filename || url}](${url})`;
  }

  /** The form files have in stored JSON and on the wire. */
  toJSON(): Record<string, unknown> {
    const { facts } = this;
    return {
      dify_model_identity: FILE_IDENTITY,
      id: facts.id,
      tenant_id: facts.tenantId,
      type: facts.type,
      transfer_method: facts.transferMethod,
      remote_url: facts.remoteUrl,
      related_id: facts.relatedId,
      filename: facts.filename,
      extension: facts.extension,
      mime_type: facts.mimeType,
      size: facts.size,
      url: this.link,
    };
  }
}

/** Whether a JSON value is a stored file. */
export function isStoredFile(value: unknown): value is Record<string, unknown> {
  return isJsonObject(value) && value.dify_model_identity === FILE_IDENTITY;
}

/** The file behind its stored form. */
export function fileFromJson(stored: Record<string, unknown>): FileValue {
  const text = (key: string): string | null => (typeof stored[key] === 'string' ? stored[key] : null);
  return new FileValue({
    id: text('id'),
    tenantId: text('tenant_id') ?? '',
    type: (text('type') ?? 'custom') as FileKind,
    transferMethod: (text('transfer_method') ?? 'remote_url') as FileTransferMethod,
    remoteUrl: text('remote_url'),
    relatedId: text('related_id'),
    filename: text('filename'),
    extension: text('extension'),
    mimeType: text('mime_type'),
    size: typeof stored.size === 'number' ? stored.size : -1,
    url: text('url'),
  });
}
