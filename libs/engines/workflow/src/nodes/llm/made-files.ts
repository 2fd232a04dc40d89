import type { MediaPart } from '#engines/model-runtime';
import { requiredPort } from '../../ports/required-port.js';
import { FileValue } from '../../values/file-value.js';
import type { NodeContext } from '../node-type.js';

/** Keeps what a model made beside text: pictures and other files (contract workflow-engine 7.4, `files`). */
export class MadeFiles {
  readonly files: FileValue[] = [];

  constructor(private readonly context: NodeContext) {}

  /** Stores a part; returns what stands for it in the text: a picture as Markdown, nothing for other kinds. */
  async keep(part: MediaPart): Promise<string> {
    const port = requiredPort(this.context.ports, 'files');
    const bytes = part.base64Data === undefined ? await this.fetch(part) : Buffer.from(part.base64Data, 'base64');
    const file = await port.store({ bytes, mimeType: part.mimeType, filename: part.filename ?? null, type: part.type });
    this.files.push(file);
    return part.type === 'image' ? `![](${file.link ?? ''})` : '';
  }

  /** A picture that the vendor gives as a link; the files port fetches it as it does any link. */
  private fetch(part: MediaPart): Promise<Uint8Array> {
    const { facts, ports, signal } = this.context;
    return requiredPort(ports, 'files').read(
      new FileValue({
        id: null,
        tenantId: facts.tenantId,
        type: part.type,
        transferMethod: 'remote_url',
        remoteUrl: part.url ?? null,
        relatedId: null,
        filename: part.filename ?? null,
        extension: part.format === '' ? null : `.${part.format}`,
        mimeType: part.mimeType,
        size: -1,
        url: null,
      }),
      signal,
    );
  }
}
