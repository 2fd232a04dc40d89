import { type NewFile, WorkflowFiles } from '../ports/files.port.js';
import { FileValue, type FileFacts } from '../values/file-value.js';

/** A picture that was uploaded; state only what matters. */
export function fileValue(facts: Partial<FileFacts> = {}): FileValue {
  return new FileValue({
    id: null,
    tenantId: 'test_tenant',
    type: 'image',
    transferMethod: 'local_file',
    remoteUrl: null,
    relatedId: 'upload-1',
    filename: 'cat.png',
    extension: '.png',
    mimeType: 'image/png',
    size: 70,
    url: null,
    ...facts,
  });
}

/** Files whose bytes are their own name, or those given by name; keeps what nodes store. */
export class MemoryFiles extends WorkflowFiles {
  readonly readNames: string[] = [];
  readonly stored: NewFile[] = [];

  constructor(
    private readonly contents: Readonly<Record<string, string | Uint8Array>> = {},
    override readonly sendFormat: 'base64' | 'url' = 'base64',
  ) {
    super();
  }

  override read({ facts }: FileValue): Promise<Uint8Array> {
    const name = facts.filename ?? facts.remoteUrl ?? '';
    this.readNames.push(name);
    const content = this.contents[name] ?? name;
    return Promise.resolve(typeof content === 'string' ? Buffer.from(content) : content);
  }

  override publicUrl({ facts }: FileValue): Promise<string> {
    return Promise.resolve(facts.remoteUrl ?? `https://files.test/${facts.filename ?? ''}`);
  }

  override store(file: NewFile): Promise<FileValue> {
    this.stored.push(file);
    const id = `tool-file-${String(this.stored.length)}`;
    return Promise.resolve(
      fileValue({
        transferMethod: 'tool_file',
        relatedId: id,
        type: file.type,
        filename: file.filename ?? id,
        mimeType: file.mimeType,
        size: file.bytes.length,
        url: `https://files.test/${id}`,
      }),
    );
  }
}
