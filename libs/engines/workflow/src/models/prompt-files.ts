import { ChatFileReader, toPromptParts, type ChatFile, type PromptPartOptions } from '#engines/chat';
import type { ContentPart, ModelFeature, ModelSchema } from '#engines/model-runtime';
import type { NodeContext } from '../nodes/node-type.js';
import type { WorkflowFiles } from '../ports/files.port.js';
import { requiredPort } from '../ports/required-port.js';
import { FileValue, type FileKind } from '../values/file-value.js';
import type { Segment } from '../values/segment.js';
import { WorkflowError } from '../workflow.errors.js';

/** What a model must be able to do to be sent a kind of file. */
const NEEDED: Readonly<Record<Exclude<FileKind, 'custom'>, ModelFeature>> = {
  image: 'vision',
  document: 'document',
  video: 'video',
  audio: 'audio',
};

/** Whether a model takes a kind of file. */
export function takesFile(schema: ModelSchema | null, type: FileKind): boolean {
  return type !== 'custom' && (schema?.features?.includes(NEEDED[type]) ?? false);
}

/** Files as parts of a prompt, in their order; those that the model does not take are left out, unread. */
export async function filesAsParts(
  files: readonly FileValue[],
  context: NodeContext,
  { schema, detail }: { schema: ModelSchema | null; detail: 'high' | 'low' },
): Promise<ContentPart[]> {
  const taken = files.filter((file) => takesFile(schema, file.facts.type));
  if (taken.length === 0) return [];
  const revealed = context.secrets.reveal(taken);
  return toPromptParts(revealed.map(asChatFile), partOptions(context, requiredPort(context.ports, 'files'), detail));
}

/** How the files of a run become parts of a prompt. */
export function partOptions(context: NodeContext, files: WorkflowFiles, imageDetail: 'high' | 'low'): PromptPartOptions {
  return {
    reader: new RunFileReader(files, context.facts.tenantId),
    sendFormat: files.sendFormat,
    imageDetail,
    signal: context.signal,
  };
}

/** The files a variable holds. Throws for one that holds something else. */
export function filesIn(segment: Segment | undefined): readonly FileValue[] {
  if (segment === undefined || segment.type === 'none') return [];
  if (segment.value instanceof FileValue) return [segment.value];
  if (segment.type === 'array[file]') return segment.value as FileValue[];
  if (segment.type === 'array[any]' && (segment.value as unknown[]).length === 0) return [];
  throw new WorkflowError(`Invalid variable type: ${segment.type}. Choose a variable that holds files.`, {
    errorType: 'InvalidVariableTypeError',
  });
}

/** Reads files of messages through the run's port. */
class RunFileReader extends ChatFileReader {
  constructor(
    private readonly files: WorkflowFiles,
    private readonly tenantId: string,
  ) {
    super();
  }

  async readBase64(file: ChatFile, signal?: AbortSignal): Promise<string> {
    return Buffer.from(await this.files.read(this.fileOf(file), signal)).toString('base64');
  }

  publicUrl(file: ChatFile): Promise<string> {
    return this.files.publicUrl(this.fileOf(file));
  }

  private fileOf(file: ChatFile): FileValue {
    const { belongsTo: _belongsTo, filename, extension, mimeType, ...facts } = file;
    return new FileValue({ ...facts, id: null, tenantId: this.tenantId, filename, extension, mimeType, url: null });
  }
}

function asChatFile({ facts }: FileValue): ChatFile {
  return {
    type: facts.type,
    transferMethod: facts.transferMethod,
    filename: facts.filename ?? '',
    extension: facts.extension ?? '',
    mimeType: facts.mimeType ?? 'application/octet-stream',
    size: facts.size,
    remoteUrl: facts.remoteUrl,
    relatedId: facts.relatedId,
    belongsTo: null,
  };
}
