import type { FileEntry } from '#engines/chat';
import type { FileValue } from '../values/file-value.js';

/** Files that a caller names when it fills in the form of a run. */
export abstract class FormFiles {
  /**
   * Looks a file up: it belongs to the workspace and the caller may read it. `type` of the value is what was named, or else detected. Rejects with what is wrong:
   * no such file, no such method.
   */
  abstract find(entry: FileEntry): Promise<FileValue>;
}
