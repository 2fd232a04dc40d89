import type { ContentPart } from '#engines/model-runtime';
import type { EasyAppMode } from '../config/app-mode.js';
import type { ChatFile } from './chat-file.js';
import type { ChatFileReader } from './chat-file-reader.port.js';

/** How files become parts of a prompt. */
export interface PromptPartOptions {
  reader: ChatFileReader;
  /** `MULTIMODAL_SEND_FORMAT`: the bytes within the prompt, or a URL. Default `base64`. */
  sendFormat?: 'base64' | 'url';
  /** Resolution of pictures; default `low`, chat and completion apps set `high`. */
  imageDetail?: 'low' | 'high';
  signal?: AbortSignal;
}

/** Turns files into parts of a prompt, in their order. A type no model takes becomes a line of text that says so. */
export function toPromptParts(files: readonly ChatFile[], options: PromptPartOptions): Promise<ContentPart[]> {
  return Promise.all(files.map((file) => toPromptPart(file, options)));
}

/**
 * Whether files go to the model at all: chat and completion apps always send them and leave it to the model to refuse, agents only
 * to models that can see (contract models-agents-tools 18). Documents go as document parts; nothing extracts their text here.
 */
export function sendsFiles(mode: EasyAppMode, features: readonly string[] | null): boolean {
  return mode !== 'agent-chat' || (features?.includes('vision') ?? false);
}

async function toPromptPart(file: ChatFile, options: PromptPartOptions): Promise<ContentPart> {
  if (file.type === 'custom') return { type: 'text', data: `[Unsupported file type: ${file.filename} (${file.type})]` };
  const source =
    options.sendFormat === 'url'
      ? { url: await options.reader.publicUrl(file) }
      : { base64Data: await options.reader.readBase64(file, options.signal) };
  const media = { format: file.extension.replace(/^\./, ''), mimeType: file.mimeType, filename: file.filename, ...source };
  return file.type === 'image' ? { type: 'image', detail: options.imageDetail ?? 'low', ...media } : { type: file.type, ...media };
}
