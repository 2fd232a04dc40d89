import type { FileLinks } from '#features/files';
import type { MessageFile } from '#features/conversations';
import type { MessageEndFile } from './chat-frames.js';

/** The files of a message as `message_end` tells them, with links that hold for a while. */
export function messageEndFiles(
  files: readonly MessageFile[],
  { links, tenantId, origin }: { links: FileLinks; tenantId: string; origin: string },
): MessageEndFile[] {
  return files.map((file) => ({
    related_id: file.id,
    extension: file.extension,
    filename: file.name,
    size: file.size,
    mime_type: file.mimeType,
    transfer_method: file.transferMethod,
    type: file.type,
    url: file.uploadFileId === null ? (file.url ?? '') : links.url(tenantId, file.uploadFileId, origin),
    upload_file_id: file.uploadFileId,
    remote_url: file.transferMethod === 'remote_url' ? (file.url ?? '') : '',
  }));
}
