import { isJsonObject, storableText } from '#common';
import { FILE_TYPES, TRANSFER_METHODS } from '../config/validators/file-upload.validator.js';
import { listOf, nonEmptyText, own } from '../config/values.js';
import type { FileType, TransferMethod } from './chat-file.js';

/** A file as a client names it, in `files` of a run or in a file input. */
export interface FileEntry {
  /** Undefined: to be detected. */
  readonly type?: FileType;
  readonly transferMethod: TransferMethod;
  /** For `local_file`, and for `remote_url` of a file that was fetched on upload. */
  readonly uploadFileId: string | null;
  readonly url: string | null;
  readonly toolFileId: string | null;
  readonly datasourceFileId: string | null;
}

/**
 * Reads file entries. Those without a known transfer method and remote ones without a URL (or an upload behind it) are left out
 * silently (contract models-agents-tools 16).
 */
export function parseFileEntries(raw: unknown): FileEntry[] {
  return listOf(raw).flatMap((item) => parseFileEntry(item) ?? []);
}

/** Reads one file entry; null when it is none. */
export function parseFileEntry(item: unknown): FileEntry | null {
  if (!isJsonObject(item)) return null;
  const text = (key: string): string | null => {
    const value = nonEmptyText(own(item, key));
    return value === null ? null : storableText(value);
  };
  const transferMethod = TRANSFER_METHODS.find((method) => method === own(item, 'transfer_method'));
  const type = FILE_TYPES.find((candidate) => candidate === own(item, 'type'));
  const url = text('url') ?? text('remote_url');
  const uploadFileId = text('upload_file_id');
  if (transferMethod === undefined) return null;
  if (transferMethod === 'remote_url' && url === null && uploadFileId === null) return null;
  return {
    ...(type === undefined ? {} : { type }),
    transferMethod,
    uploadFileId,
    url,
    toolFileId: text('tool_file_id'),
    datasourceFileId: text('datasource_file_id'),
  };
}
