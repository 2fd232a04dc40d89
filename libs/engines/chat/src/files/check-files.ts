import { InputFormError } from '../chat.errors.js';
import type { ChatFile, FileType, FileUploadSettings } from './chat-file.js';
import type { FileEntry } from './file-entry.js';

/**
 * Checks the files of a run against what the app takes (contract models-agents-tools 16). Without settings files are ignored: the
 * answer is empty. Throws `InputFormError` for the first file that is not allowed, or when there are too many.
 */
export function checkFiles(files: readonly ChatFile[], settings: FileUploadSettings | null): readonly ChatFile[] {
  if (settings === null) return [];
  for (const file of files) {
    if (!isAllowed(file, settings)) throw new InputFormError(`File validation failed for file: ${file.filename}`);
  }
  checkFileCount(files, settings);
  return files;
}

/** Checks how many files there are, as far as their types are known: before anything is fetched. Throws `InputFormError`. */
export function checkFileCount(files: readonly { readonly type?: FileType }[], { numberLimit: limit }: FileUploadSettings): void {
  if (limit === 0) return;
  const images = files.filter((file) => file.type === 'image').length;
  if (images > limit) throw new InputFormError(`Number of image files exceeds the maximum limit ${limit}`);
  if (files.length > limit) throw new InputFormError(`Number of files exceeds the maximum limit ${limit}`);
}

/** Refuses addresses where the app takes none, before anybody is asked for what is behind them; what was fetched on upload {@link checkFiles} refuses by its name. Throws `InputFormError` as that does. */
export function checkAddresses(entries: readonly FileEntry[], { allowedMethods }: FileUploadSettings): void {
  if (allowedMethods.length === 0 || allowedMethods.includes('remote_url')) return;
  for (const { transferMethod, uploadFileId, url } of entries)
    if (transferMethod === 'remote_url' && uploadFileId === null && url !== null)
      throw new InputFormError(`File validation failed for file: ${nameIn(url)}`);
}

/** The last part of an address's path; what is no address as it is. */
function nameIn(address: string): string {
  const path = URL.canParse(address) ? new URL(address).pathname : address;
  return path.split('/').at(-1) || address;
}

function isAllowed(file: ChatFile, settings: FileUploadSettings): boolean {
  if (file.transferMethod === 'tool_file') return true;
  const { allowedTypes, allowedExtensions, allowedMethods } = settings;
  if (allowedMethods.length > 0 && !allowedMethods.includes(file.transferMethod)) return false;
  if (file.type === 'custom') return allowedExtensions.length === 0 || allowedExtensions.includes(file.extension.toLowerCase());
  return allowedTypes.length === 0 || allowedTypes.includes(file.type) || matchesCustom(file, settings);
}

/** A file of another type passes as `custom` when that is allowed and its extension is listed. */
function matchesCustom(file: ChatFile, { allowedTypes, allowedExtensions }: FileUploadSettings): boolean {
  return allowedTypes.includes('custom') && allowedExtensions.includes(file.extension.toLowerCase());
}
