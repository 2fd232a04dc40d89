/** A file that is handed to a tool; its bytes are read when they are needed. */
export abstract class ToolFile {
  /** With its extension. */
  abstract readonly filename: string;
  /** By its content, such as `image/png`. */
  abstract readonly mimeType: string;
  /** By its content, not by its name. */
  abstract readonly kind: 'image' | 'document' | 'audio' | 'video' | 'custom';

  /** Rejects when the bytes can't be read. */
  abstract read(signal: AbortSignal): Promise<Uint8Array>;
}
