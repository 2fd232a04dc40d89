import { ToolInvokeError, type ToolMessage } from '#engines/tools';
import type { InvokeMessage } from '../ports/invoke-message.js';
import type { WorkflowFiles } from '../ports/files.port.js';
import { FileValue, type FileKind } from '../values/file-value.js';

/** Stores what tools make, and tells of it as workflows do (contract models-agents-tools 9.4). */
export class ToolMessages {
  constructor(
    private readonly files: WorkflowFiles | undefined,
    private readonly tenantId: string,
    private readonly signal: AbortSignal,
  ) {}

  async convert(message: ToolMessage): Promise<InvokeMessage> {
    switch (message.type) {
      case 'blob':
        return { type: 'file', file: await this.store(message) };
      case 'image':
        return this.download(message.url);
      case 'json':
        return { type: 'json', json: message.json };
      default:
        return message;
    }
  }

  private store({ bytes, mimeType, filename }: { bytes: Uint8Array; mimeType: string; filename: string | null }): Promise<FileValue> {
    if (this.files === undefined) throw new ToolInvokeError('This run can not keep files: the port `files` is missing.');
    return this.files.store({ bytes, mimeType, filename, type: kindOf(mimeType) });
  }

  /** A picture that can not be had is a text that says so. */
  private async download(url: string): Promise<InvokeMessage> {
    try {
      if (this.files === undefined) throw new ToolInvokeError('the port `files` is missing');
      const remote = pictureAt(url, this.tenantId);
      const bytes = await this.files.read(remote, this.signal);
      const mimeType = pictureType(bytes) ?? 'image/png';
      return { type: 'file', file: await this.store({ bytes, mimeType, filename: null }) };
    } catch (error) {
      this.signal.throwIfAborted();
      return { type: 'text', text: `Failed to download image: ${url}: ${error instanceof Error ? error.message : String(error)}` };
    }
  }
}

function pictureAt(url: string, tenantId: string): FileValue {
  return new FileValue({
    id: null,
    tenantId,
    type: 'image',
    transferMethod: 'remote_url',
    remoteUrl: url,
    relatedId: null,
    filename: null,
    extension: null,
    mimeType: null,
    size: -1,
    url: null,
  });
}

/** The kind of a file by its MIME type. */
function kindOf(mimeType: string): FileKind {
  const [kind = '', name = ''] = mimeType.split('/');
  if (kind === 'image' || kind === 'video' || kind === 'audio') return kind;
  return kind === 'text' || name === 'pdf' ? 'document' : 'custom';
}

const SIGNATURES: readonly (readonly [mimeType: string, start: readonly number[], at?: number])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', [0x57, 0x45, 0x42, 0x50], 8],
];

/** What a picture is, by its first bytes. */
function pictureType(bytes: Uint8Array): string | undefined {
  return SIGNATURES.find(([, start, at = 0]) => start.every((byte, index) => bytes[at + index] === byte))?.[0];
}
