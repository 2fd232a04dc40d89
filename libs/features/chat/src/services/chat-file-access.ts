import { Injectable } from '@nestjs/common';
import type { ChatFileReader } from '#engines/chat';
import { FileLinks, FileService, RemoteFiles } from '#features/files';
import { ChatConfig } from '#platform/config';
import { type ChatFileSources, StoredChatFileReader } from './stored-chat-file.reader.js';

const MEGABYTE = 1_048_576;

/** Files of chats, for models and for people. */
@Injectable()
export class ChatFileAccess {
  private readonly sources: ChatFileSources;

  constructor(
    files: FileService,
    remote: RemoteFiles,
    readonly links: FileLinks,
    config: ChatConfig,
  ) {
    this.sources = { files, remote, links, maxBytes: config.inlineFileLimit * MEGABYTE };
  }

  /** Reads the files of a workspace's chats for its models. */
  readerOf(tenantId: string): ChatFileReader {
    return new StoredChatFileReader(this.sources, tenantId);
  }
}
