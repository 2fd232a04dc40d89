import { Injectable } from '@nestjs/common';
import { FileGrant, type FileReader, type FileVerdict } from '#features/files';
import { MessageFileRepository } from '../repositories/message-file.repository.js';

/** Lets an app read the files of its own messages, and an end user those of his. */
@Injectable()
export class MessageFileGrant extends FileGrant {
  constructor(private readonly files: MessageFileRepository) {
    super();
  }

  async judge(reader: FileReader, fileId: string): Promise<FileVerdict> {
    const holders = await this.files.holdersOf(reader.tenantId, fileId);
    const { appId, endUserId } = reader;
    if (holders.some((holder) => holder.appId === appId && (endUserId === null || holder.endUserId === endUserId))) return 'granted';
    return holders.length > 0 ? 'denied' : 'unknown';
  }
}
