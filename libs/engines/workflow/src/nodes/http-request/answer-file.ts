import { lookup } from 'mime-types';
import { fileTypeOf } from '#engines/chat';
import type { NewFile } from '../../ports/files.port.js';

/** How many bytes are looked at to tell text from other content. */
export const SAMPLE_BYTES = 1024;

const TEXT_APPLICATIONS = ['json', 'xml', 'javascript', 'yaml', 'graphql', 'x-www-form-urlencoded'];
const TEXT_MARKS = ['{', '[', '<', 'function', 'var ', 'const ', 'let '];
const MEDIA = /^(?:image|audio|video)\//;

/** Whether an answer is a file rather than text (contract workflow-engine 7.12). `sample` is the beginning of its body. */
export function isFileAnswer(headers: Readonly<Record<string, string>>, sample: Uint8Array): boolean {
  const disposition = dispositionOf(headers);
  if (disposition.isAttachment || disposition.filename !== null) return true;
  const type = mediaType(headers);
  if (type.startsWith('text/')) return false;
  if (!type.startsWith('application/')) return MEDIA.test(type);
  return !TEXT_APPLICATIONS.some((name) => type.includes(name)) && !looksLikeText(sample);
}

/** The file that an answer is. Null name: whoever keeps it makes one up. */
export function fileOfAnswer(headers: Readonly<Record<string, string>>, url: string, bytes: Uint8Array): NewFile {
  const { filename } = dispositionOf(headers);
  const ofName = filename === null ? false : lookup(filename);
  const ofUrl = lookup(new URL(url).pathname);
  const mimeType = ofName || mediaType(headers) || ofUrl || 'application/octet-stream';
  return { bytes, mimeType, filename, type: fileTypeOf({ extension: /\.[^.]+$/.exec(filename ?? '')?.[0] ?? '', mimeType }) };
}

/** The charset that an answer names; null for none. */
export function charsetOf(headers: Readonly<Record<string, string>>): string | null {
  return /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? null;
}

function mediaType(headers: Readonly<Record<string, string>>): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** UTF-8 with something in it that texts have. */
function looksLikeText(sample: Uint8Array): boolean {
  try {
    // With `stream` a character that the sample cuts in two is no error.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return TEXT_MARKS.some((mark) => text.includes(mark));
  } catch {
    return false;
  }
}

function dispositionOf(headers: Readonly<Record<string, string>>): { isAttachment: boolean; filename: string | null } {
  const text = headers['content-disposition'] ?? '';
  const extended = /;\s*filename\*\s*=\s*(?:utf-8|iso-8859-1)'[^']*'([^;\s]+)/i.exec(text)?.[1];
  const quoted = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(text)?.[1]?.replace(/\\(.)/g, '$1');
  const plain = /;\s*filename\s*=\s*([^;"\s]+)/i.exec(text)?.[1];
  const name = decoded(extended) ?? quoted ?? plain ?? '';
  const filename = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).trim();
  return { isAttachment: /^\s*attachment\b/i.test(text), filename: filename === '' ? null : filename };
}

function decoded(encoded: string | undefined): string | undefined {
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
