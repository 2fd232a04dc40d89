import { checkFiles, fileTypeOf, parseFileEntry, type ChatFile, type FileUploadSettings } from '#engines/chat';
import { isJsonObject } from '#common';
import type { FormFiles } from '../../ports/form-files.port.js';
import { FileValue } from '../../values/file-value.js';
import { checkJsonInputs } from './json-inputs.js';
import { checkInput, StartFormError } from './input-rules.js';
import type { StartVariable } from './start-variable.js';

/** How a form is filled in. */
export interface FillOptions {
  readonly files: FormFiles;
  /** Whether a file must be of the type that the caller names; runs through the service API want it so (contract workflow-engine 3.9). */
  readonly strictTypes: boolean;
}

/** The form of a start node: what a run may be given, and what it must be (contract workflow-engine 3.6). */
export class StartForm {
  constructor(readonly fields: readonly StartVariable[]) {}

  /**
   * The inputs of a run, from what a caller sent: of their types, defaults filled in, what the form does not have left out, files looked up. Throws `StartFormError` for the first
   * field that does not fit, or what {@link FormFiles} rejects with.
   */
  async fill(sent: Readonly<Record<string, unknown>>, options: FillOptions): Promise<Record<string, unknown>> {
    const inputs = this.check(sent);
    for (const field of this.fields) {
      if (field.type !== 'file' && field.type !== 'file-list') continue;
      const value = inputs[field.variable];
      if (value === null) continue;
      const files = await Promise.all([value].flat().map((entry) => findFile(field, entry, options)));
      checkAllowed(field, files);
      inputs[field.variable] = field.type === 'file' ? files[0] : files;
    }
    return inputs;
  }

  /** The same, but for files: they stay as they were sent, and are not looked at. */
  check(sent: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const inputs: Record<string, unknown> = {};
    for (const field of this.fields) {
      const value = checkInput(field, Object.hasOwn(sent, field.variable) ? sent[field.variable] : undefined);
      Object.defineProperty(inputs, field.variable, { value, writable: true, enumerable: true, configurable: true });
    }
    return inputs;
  }

  /** Checks what was filled into JSON fields against their schemas; the start node does so when it runs. Throws `NodeFailure`. */
  checkSchemas(inputs: Readonly<Record<string, unknown>>): void {
    checkJsonInputs(this.fields, inputs);
  }
}

async function findFile(field: StartVariable, sent: unknown, { files, strictTypes }: FillOptions): Promise<FileValue> {
  if (sent instanceof FileValue) return sent;
  const entry = isJsonObject(sent) ? parseFileEntry(sent) : null;
  if (entry === null) throw new StartFormError(`${field.variable} in input form must be a file`, field.variable);
  const file = await files.find(entry);
  const { extension, mimeType } = file.facts;
  const found = fileTypeOf({ extension: extension ?? '', mimeType: mimeType ?? '' });
  if (strictTypes && entry.type !== undefined && entry.type !== 'custom' && entry.type !== found)
    throw new StartFormError(`${field.variable} in input form is named as ${entry.type}, but the file is ${found}`, field.variable);
  return file;
}

function checkAllowed(field: StartVariable, files: readonly FileValue[]): void {
  const settings: FileUploadSettings = {
    allowedTypes: field.allowed_file_types as FileUploadSettings['allowedTypes'],
    allowedExtensions: field.allowed_file_extensions.map((extension) => `.${extension.toLowerCase().replace(/^\./, '')}`),
    allowedMethods: field.allowed_file_upload_methods as FileUploadSettings['allowedMethods'],
    // The form's own bound has been looked at.
    numberLimit: 0,
  };
  try {
    checkFiles(files.map(asChatFile), settings);
  } catch (error) {
    throw new StartFormError((error as Error).message, field.variable);
  }
}

function asChatFile({ facts }: FileValue): ChatFile {
  return {
    type: facts.type,
    transferMethod: facts.transferMethod,
    filename: facts.filename ?? facts.remoteUrl ?? '',
    extension: facts.extension ?? '',
    mimeType: facts.mimeType ?? '',
    size: facts.size,
    remoteUrl: facts.remoteUrl,
    relatedId: facts.relatedId,
    belongsTo: 'user',
  };
}
