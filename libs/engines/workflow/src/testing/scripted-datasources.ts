import { WorkflowDatasources, type DatasourceCall } from '../ports/datasources.port.js';
import type { InvokeMessage } from '../ports/invoke-message.js';
import type { FileValue } from '../values/file-value.js';

/** Uploads by id, and one script for documents and drives; remembers the calls. */
export class ScriptedDatasources extends WorkflowDatasources {
  readonly calls: (DatasourceCall & { readonly kind: 'document' | 'drive' })[] = [];

  constructor(
    private readonly uploads: Readonly<Record<string, FileValue>> = {},
    private readonly script: readonly (InvokeMessage | Error)[] = [],
  ) {
    super();
  }

  override localFile(uploadId: string): Promise<FileValue | null> {
    return Promise.resolve(this.uploads[uploadId] ?? null);
  }

  override readDocument(call: DatasourceCall): AsyncIterable<InvokeMessage> {
    return this.play({ ...call, kind: 'document' });
  }

  override readDrive(call: DatasourceCall): AsyncIterable<InvokeMessage> {
    return this.play({ ...call, kind: 'drive' });
  }

  private async *play(call: DatasourceCall & { kind: 'document' | 'drive' }): AsyncGenerator<InvokeMessage> {
    this.calls.push(call);
    for (const step of this.script) {
      await Promise.resolve();
      if (step instanceof Error) throw step;
      yield step;
    }
  }
}
