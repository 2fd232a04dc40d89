import { UnsupportedDocumentError } from './extract.errors.js';
import type { DocumentSource } from './document-reader.port.js';

/** How the text of a document is read; `ppt` is known, and refused with advice. */
export type DocumentKind =
  | 'plain'
  | 'json'
  | 'yaml'
  | 'properties'
  | 'subtitles'
  | 'csv'
  | 'pdf'
  | 'docx'
  | 'xlsx'
  | 'xls'
  | 'pptx'
  | 'odt'
  | 'ods'
  | 'odp'
  | 'epub'
  | 'eml'
  | 'msg'
  | 'doc'
  | 'ppt';

// Written down by what they are: pages and notes, programs, settings.
const PLAIN =
  'txt markdown md mdx html htm xml vtt ' +
  'c h cpp hpp cc cxx c++ py js ts jsx tsx java php rb go rs swift kt scala sh bash bat ps1 sql r m pl lua vim asm s css scss less sass ' +
  'ini cfg conf toml env log';

const OFFICE = 'application/vnd.openxmlformats-officedocument.';
const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument.';
const EXTENSIONS: ReadonlyMap<string, DocumentKind> = new Map([
  ...PLAIN.split(' ').map((extension) => [extension, 'plain'] as const),
  ['json', 'json'],
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['properties', 'properties'],
  ['csv', 'csv'],
  ['pdf', 'pdf'],
  ['docx', 'docx'],
  ['xlsx', 'xlsx'],
  ['pptx', 'pptx'],
  ['odt', 'odt'],
  ['ods', 'ods'],
  ['odp', 'odp'],
  ['epub', 'epub'],
  ['eml', 'eml'],
  ['msg', 'msg'],
  ['xls', 'xls'],
  ['doc', 'doc'],
  ['ppt', 'ppt'],
]);
const MIME_TYPES: ReadonlyMap<string, DocumentKind> = new Map([
  ['text/plain', 'plain'],
  ['text/html', 'plain'],
  ['text/htm', 'plain'],
  ['text/markdown', 'plain'],
  ['text/xml', 'plain'],
  ['application/json', 'json'],
  ['application/yaml', 'yaml'],
  ['application/x-yaml', 'yaml'],
  ['text/yaml', 'yaml'],
  ['text/properties', 'properties'],
  ['text/vtt', 'subtitles'],
  ['text/csv', 'csv'],
  ['application/pdf', 'pdf'],
  [`${OFFICE}wordprocessingml.document`, 'docx'],
  [`${OFFICE}spreadsheetml.sheet`, 'xlsx'],
  [`${OFFICE}presentationml.presentation`, 'pptx'],
  [`${OPEN_DOCUMENT}text`, 'odt'],
  [`${OPEN_DOCUMENT}spreadsheet`, 'ods'],
  [`${OPEN_DOCUMENT}presentation`, 'odp'],
  ['application/epub+zip', 'epub'],
  ['message/rfc822', 'eml'],
  ['application/vnd.ms-outlook', 'msg'],
  ['application/vnd.ms-excel', 'xls'],
  ['application/msword', 'doc'],
  ['application/vnd.ms-powerpoint', 'ppt'],
]);

/** The kind of a document: by its extension, without one by its MIME type (contract workflow-engine 7.22, and 14 for OpenDocument). Throws `UnsupportedDocumentError`. */
export function documentKind({ extension, mimeType }: Pick<DocumentSource, 'extension' | 'mimeType'>): DocumentKind {
  if (extension !== null && extension !== '') {
    const kind = EXTENSIONS.get(extension.toLowerCase().replace(/^\./, ''));
    if (kind === undefined) throw new UnsupportedDocumentError(`Unsupported Extension Type: ${extension}`);
    return kind;
  }
  if (mimeType === null || mimeType === '')
    throw new UnsupportedDocumentError('Unable to determine file type: MIME type or file extension is missing');
  const kind = MIME_TYPES.get((mimeType.split(';', 1)[0] as string).trim().toLowerCase());
  if (kind === undefined) throw new UnsupportedDocumentError(`Unsupported MIME type: ${mimeType}`);
  return kind;
}
