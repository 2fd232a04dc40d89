import type { ChatFile } from '../files/chat-file.js';
import { ChatFileReader } from '../files/chat-file-reader.port.js';

/** A picture that was uploaded; state only what matters. */
export function fileFactory(file: Partial<ChatFile> = {}): ChatFile {
  return {
    type: 'image',
    transferMethod: 'local_file',
    filename: 'cat.png',
    extension: '.png',
    mimeType: 'image/png',
    size: 70,
    remoteUrl: null,
    relatedId: 'upload-1',
    belongsTo: 'user',
    ...file,
  };
}

/** Reads every file as its own name. */
export class InMemoryFileReader extends ChatFileReader {
  readBase64(file: ChatFile): Promise<string> {
    return Promise.resolve(Buffer.from(file.filename).toString('base64'));
  }

  publicUrl(file: ChatFile): Promise<string> {
    return Promise.resolve(file.remoteUrl ?? `https://files.test/${file.filename}`);
  }
}
