/** A document that no text can be read from. The message is for the person whose document it is. */
export class DocumentError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** There is no reader for this kind of document (contract workflow-engine 7.22). */
export class UnsupportedDocumentError extends DocumentError {}

/** The document is broken, locked, or larger than it may be. */
export class UnreadableDocumentError extends DocumentError {}
