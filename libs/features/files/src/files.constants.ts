/** Classes of files with a size limit of their own (contract service-and-web-api 12). */
export type UploadClass = 'image' | 'video' | 'audio' | 'other';

const EXTENSIONS: Record<Exclude<UploadClass, 'other'>, readonly string[]> = {
  image: ['jpg', 'jpeg', 'png', 'webp', 'gif', 'svg'],
  video: ['mp4', 'mov', 'mpeg', 'webm'],
  audio: ['mp3', 'm4a', 'wav', 'amr', 'mpga'],
};

/** What a knowledge base takes: the extensions of `ETL_TYPE=dify`. */
export const DOCUMENT_EXTENSIONS: readonly string[] = [
  'txt',
  'markdown',
  'md',
  'mdx',
  'pdf',
  'html',
  'htm',
  'xlsx',
  'xls',
  'docx',
  'csv',
  'vtt',
  'properties',
];

/** Documents whose bytes are their text. */
export const PLAIN_TEXT_EXTENSIONS: readonly string[] = ['txt', 'markdown', 'md', 'mdx', 'html', 'htm', 'csv', 'vtt', 'properties'];

/** Longest name that is kept whole. Unit: characters. */
export const MAX_NAME_LENGTH = 200;

/** Characters of a document that the console's preview shows. */
export const PREVIEW_CHARACTERS = 3000;

/** The class of a file by its extension, which comes without a dot in lower case. */
export function uploadClassOf(extension: string): UploadClass {
  const classes = Object.keys(EXTENSIONS) as (keyof typeof EXTENSIONS)[];
  return classes.find((name) => EXTENSIONS[name].includes(extension)) ?? 'other';
}
