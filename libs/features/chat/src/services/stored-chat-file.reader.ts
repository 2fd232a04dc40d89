import { NotFoundError, UnavailableError } from '#common';
import { type ChatFile, ChatFileReader } from '#engines/chat';
import type { FileLinks, FileService, RemoteFiles } from '#features/files';

/** What reading files takes; one for all runs. */
export interface ChatFileSources {
  files: FileService;
  remote: RemoteFiles;
  links: FileLinks;
  /** Largest file that goes into a prompt. */
  maxBytes: number;
}

/** Reads the files of one workspace's chats: uploads from the storage, others from their address. */
export class StoredChatFileReader extends ChatFileReader {
  constructor(
    private readonly sources: ChatFileSources,
    private readonly tenantId: string,
  ) {
    super();
  }

  async readBase64(file: ChatFile, signal?: AbortSignal): Promise<string> {
    const { files, remote, maxBytes } = this.sources;
    if (file.relatedId === null && file.remoteUrl !== null) return toBase64(await remote.read(file.remoteUrl, maxBytes, signal));
    const upload = (await files.findMany(this.tenantId, [file.relatedId ?? ''])).get(file.relatedId ?? '');
    if (upload === undefined) throw new NotFoundError(`The file ${file.filename} is gone.`, 'file_not_found');
    return toBase64(await files.read(upload, maxBytes));
  }

  async publicUrl(file: ChatFile): Promise<string> {
    if (file.relatedId === null && file.remoteUrl !== null) return file.remoteUrl;
    const url = this.sources.links.internalUrl(this.tenantId, file.relatedId ?? '');
    if (url !== null) return url;
    throw new UnavailableError(
      'files_url_unset',
      'Models are sent links to files (MULTIMODAL_SEND_FORMAT=url), which needs FILES_URL or INTERNAL_FILES_URL.',
    );
  }
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
