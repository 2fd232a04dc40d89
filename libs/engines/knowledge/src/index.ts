export { decodeText } from './extract/decode-text.js';
export { documentKind } from './extract/document-kind.js';
export type { DocumentKind } from './extract/document-kind.js';
export { DocumentReader } from './extract/document-reader.port.js';
export type { DocumentSource } from './extract/document-reader.port.js';
export { DocumentError, UnreadableDocumentError, UnsupportedDocumentError } from './extract/extract.errors.js';
export { DEFAULT_EXTRACT_LIMITS } from './extract/extract-limits.js';
export type { ExtractLimits } from './extract/extract-limits.js';
export { LocalDocumentReader } from './extract/local-document-reader.js';
