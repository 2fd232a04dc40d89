import { Injectable } from '@nestjs/common';
import { InvalidParamError, uuidv7 } from '#common';
import {
  type ChatFile,
  type FileEntry,
  type FileUploadSettings,
  checkAddresses,
  checkFileCount,
  checkFiles,
  fileTypeOf,
  parseFileEntries,
} from '#engines/chat';
import { EndUserService } from '#features/apps';
import type { ConversationOwner, MessageFile } from '#features/conversations';
import { extensionOf, FileService, RemoteFiles, type UploadFile } from '#features/files';
import type { TurnFile } from '../turn.js';

const MAX_NAME = 255;
/** Entries beyond this are refused before anything is looked up. */
const MAX_ENTRIES = 100;

/** Who names files, where. */
export interface FileScope {
  tenantId: string;
  appId: string;
  owner: ConversationOwner;
}

/** Finds the files that a caller names in a run. */
@Injectable()
export class TurnFiles {
  constructor(
    private readonly files: FileService,
    private readonly remote: RemoteFiles,
    private readonly endUsers: EndUserService,
  ) {}

  /**
   * The files of a run, looked up in the workspace and checked against what the app takes. An app that takes none ignores them all
   * (traces service/chat-errors). Too many, and addresses where the app takes none, are refused before one is asked. Throws 400 for an unknown upload, an address that can't be read, or a file that is not allowed.
   */
  async resolve(scope: FileScope, raw: readonly unknown[], settings: FileUploadSettings | null): Promise<TurnFile[]> {
    if (settings === null || raw.length === 0) return [];
    if (raw.length > MAX_ENTRIES) throw new InvalidParamError(`A message takes at most ${MAX_ENTRIES} files.`, { params: 'files' });
    const entries = parseFileEntries(raw);
    checkFileCount(entries, settings);
    checkAddresses(entries, settings);
    const ids = entries.flatMap((entry) => entry.uploadFileId ?? []);
    const uploads = ids.length === 0 ? new Map<string, UploadFile>() : await this.usable(scope, ids);
    const files = await Promise.all(entries.map((entry) => this.resolveOne(entry, uploads)));
    return checkFiles(files, settings).map((file) => ({ id: uuidv7(), ...file }));
  }

  /** Uploads that the caller may send: a member all of the workspace, an end user his own and those for which nobody was named. */
  private async usable({ tenantId, appId, owner }: FileScope, ids: readonly string[]): Promise<ReadonlyMap<string, UploadFile>> {
    const found = [...(await this.files.findMany(tenantId, ids)).values()];
    const isUsable = async ({ createdByRole, createdBy }: UploadFile): Promise<boolean> =>
      owner.kind === 'account' ||
      (createdByRole === 'end_user' && (createdBy === owner.id || (await this.endUsers.isAnonymous(tenantId, appId, createdBy))));
    const verdicts = await Promise.all(found.map(isUsable));
    return new Map(found.filter((_, index) => verdicts[index]).map((upload) => [upload.id, upload]));
  }

  private async resolveOne(entry: FileEntry, uploads: ReadonlyMap<string, UploadFile>): Promise<ChatFile> {
    const { transferMethod, uploadFileId, url } = entry;
    if (transferMethod === 'remote_url' && uploadFileId === null && url !== null) return this.remoteFile(entry, url);
    if (transferMethod !== 'local_file' && transferMethod !== 'remote_url') {
      throw new InvalidParamError(`Files of transfer method ${transferMethod} can't be sent with a message.`, { params: 'files' });
    }
    const upload = uploadFileId === null ? undefined : uploads.get(uploadFileId);
    if (upload === undefined) throw new InvalidParamError('Invalid upload file', { params: 'files' });
    const extension = upload.extension === '' ? '' : `.${upload.extension}`;
    return {
      type: typeOf(entry, extension, upload.mimeType),
      transferMethod,
      filename: upload.name,
      extension,
      mimeType: upload.mimeType,
      size: upload.size,
      remoteUrl: url,
      relatedId: upload.id,
      belongsTo: 'user',
    };
  }

  private async remoteFile(entry: FileEntry, url: string): Promise<ChatFile> {
    const facts = await this.remote.probe(url);
    const name = facts.name.slice(0, MAX_NAME);
    const extension = extensionOf(name) === '' ? '' : `.${extensionOf(name)}`;
    return {
      type: typeOf(entry, extension, facts.mimeType),
      transferMethod: 'remote_url',
      filename: name,
      extension,
      mimeType: facts.mimeType.slice(0, MAX_NAME),
      size: Math.min(facts.size, 2_147_483_647),
      remoteUrl: url,
      relatedId: null,
      belongsTo: 'user',
    };
  }
}

function typeOf(entry: FileEntry, extension: string, mimeType: string): ChatFile['type'] {
  return fileTypeOf({ extension, mimeType, ...(entry.type !== undefined && { type: entry.type }) });
}

/** A file of an earlier turn as the engine wants it. */
export function chatFileOf(file: MessageFile): ChatFile {
  return {
    type: file.type as ChatFile['type'],
    transferMethod: file.transferMethod as ChatFile['transferMethod'],
    filename: file.name,
    extension: file.extension,
    mimeType: file.mimeType,
    size: file.size,
    remoteUrl: file.url,
    relatedId: file.uploadFileId,
    belongsTo: file.belongsTo,
  };
}

/** A file of this turn as its row holds it. */
export function messageFileOf(file: TurnFile, messageId: string): MessageFile {
  return {
    id: file.id,
    messageId,
    type: file.type,
    transferMethod: file.transferMethod,
    url: file.remoteUrl,
    belongsTo: 'user',
    uploadFileId: file.relatedId,
    name: file.filename,
    extension: file.extension,
    mimeType: file.mimeType,
    size: file.size,
  };
}
