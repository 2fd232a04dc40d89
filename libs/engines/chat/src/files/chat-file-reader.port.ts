import type { ChatFile } from './chat-file.js';

/** Gives a model access to the files of a chat. */
export abstract class ChatFileReader {
  /** The bytes of a file, base64. Rejects when it can't be read. */
  abstract readBase64(file: ChatFile, signal?: AbortSignal): Promise<string>;

  /** A URL at which the model's vendor can fetch the file: signed, or the file's own. */
  abstract publicUrl(file: ChatFile): Promise<string>;
}
