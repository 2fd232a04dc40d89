import { Injectable } from '@nestjs/common';
import { FileGrant, type FileReader, type FileVerdict } from '#features/files';
import { MessageFileRepository } from '../repositories/message-file.repository.js';

/** Lets an app read the files of its own messages. */
@Injectable()
export class MessageFileGrant extends FileGrant {
  constructor(private readonly files: MessageFileRepository) {
    super();
  }

  async judge(reader: FileReader, fileId: string): Promise<FileVerdict> {
    const apps = await this.files.appsWith(reader.tenantId, fileId);
    if (apps.includes(reader.appId)) return 'granted';
    return apps.length > 0 ? 'denied' : 'unknown';
  }
}
