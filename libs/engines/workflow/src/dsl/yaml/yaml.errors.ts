import { WorkflowError } from '../../workflow.errors.js';

/** A text is not YAML, or more YAML than is read. The message says where, and what to do. */
export class YamlError extends WorkflowError {
  constructor(
    message: string,
    /** Both from 1; null when the place is not known. */
    readonly place: { readonly line: number; readonly column: number } | null,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
