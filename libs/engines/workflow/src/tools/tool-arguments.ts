import { ToolFile, ToolInvokeError } from '#engines/tools';
import type { WorkflowFiles } from '../ports/files.port.js';
import { FileValue } from '../values/file-value.js';

/** The parameters of a call with its files as tools read them. */
export function toolArguments(values: Readonly<Record<string, unknown>>, files: WorkflowFiles | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toolArgument(value, files)]));
}

function toolArgument(value: unknown, files: WorkflowFiles | undefined): unknown {
  if (value instanceof FileValue) return new RunFile(value, files);
  return Array.isArray(value) && value.some((item) => item instanceof FileValue) ? value.map((item) => toolArgument(item, files)) : value;
}

class RunFile extends ToolFile {
  constructor(
    private readonly file: FileValue,
    private readonly files: WorkflowFiles | undefined,
  ) {
    super();
  }

  override get filename(): string {
    return this.file.facts.filename ?? `file${this.file.facts.extension ?? ''}`;
  }

  override get mimeType(): string {
    return this.file.facts.mimeType ?? 'application/octet-stream';
  }

  override get kind(): ToolFile['kind'] {
    return this.file.facts.type;
  }

  override read(signal: AbortSignal): Promise<Uint8Array> {
    if (this.files === undefined) throw new ToolInvokeError('This run can not read files: the port `files` is missing.');
    return this.files.read(this.file, signal);
  }
}
