/** The beginning of a document as text. */
export class FilePreviewResponse {
  /**
   * Up to 3,000 characters.
   * @example "Hello file."
   */
  content: string;
}

/** Which documents a knowledge base takes. */
export class SupportedTypesResponse {
  /**
   * Extensions without a dot, in lower and in upper case.
   * @example ['txt', 'TXT', 'pdf', 'PDF']
   */
  allowed_extensions: string[];
}
