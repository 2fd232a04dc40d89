import type { FileType } from './chat-file.js';

const EXTENSIONS: Readonly<Record<Exclude<FileType, 'custom'>, readonly string[]>> = {
  image: ['jpg', 'jpeg', 'png', 'webp', 'gif', 'svg'],
  video: ['mp4', 'mov', 'mpeg', 'webm'],
  audio: ['mp3', 'm4a', 'wav', 'amr', 'mpga'],
  document: ['txt', 'markdown', 'md', 'mdx', 'pdf', 'html', 'htm', 'xlsx', 'xls', 'docx', 'csv', 'vtt', 'properties'],
};

const TYPE_OF = new Map(
  (Object.keys(EXTENSIONS) as (keyof typeof EXTENSIONS)[]).flatMap((type) =>
    EXTENSIONS[type].map((extension) => [extension, type] as const),
  ),
);

/**
 * The type of a file: the one that was named, unless that is `custom` or missing; then by extension, then by MIME type
 * (contract models-agents-tools 16).
 */
export function fileTypeOf(file: { type?: FileType; extension: string; mimeType: string }): FileType {
  if (file.type !== undefined && file.type !== 'custom') return file.type;
  const byExtension = TYPE_OF.get(file.extension.replace(/^\./, '').toLowerCase());
  if (byExtension !== undefined) return byExtension;
  const family = file.mimeType.split('/')[0];
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'custom';
}
