import type { DocumentKind } from './document-kind.js';
import { DocumentError, UnreadableDocumentError } from './extract.errors.js';

/** Names of kinds in messages; those of Dify where it has one (contract workflow-engine 7.22). */
const NAMES: Readonly<Record<DocumentKind, string>> = {
  plain: 'text',
  json: 'JSON',
  yaml: 'YAML',
  properties: 'properties',
  subtitles: 'VTT',
  csv: 'CSV',
  pdf: 'PDF',
  docx: 'DOCX',
  xlsx: 'Excel file',
  pptx: 'PPTX',
  odt: 'ODT',
  ods: 'ODS',
  odp: 'ODP',
  epub: 'EPUB',
  eml: 'EML',
  msg: 'MSG',
  xls: 'Excel file',
  doc: 'DOC',
  ppt: 'PPT',
};

/** The failure to read a document of a kind, by what went wrong. */
export function extractFailure(kind: DocumentKind, error: unknown): UnreadableDocumentError {
  const { message } = error as Error;
  return new UnreadableDocumentError(`Failed to extract text from ${NAMES[kind]}: ${message}`, {
    cause: error instanceof DocumentError ? error.cause : error,
  });
}
