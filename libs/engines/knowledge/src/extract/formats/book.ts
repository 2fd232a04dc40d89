import { posix } from 'node:path';
import { readXml } from '../archive/read-xml.js';
import type { ZipArchive } from '../archive/zip-archive.js';
import type { BoundedText } from '../bounded-text.js';
import { decodeText } from '../decode-text.js';
import { UnreadableDocumentError } from '../extract.errors.js';
import { htmlText } from './html-text.js';

/** Writes the text of an EPUB (EPUB 3.3), chapter by chapter in reading order. */
export async function readBook(archive: ZipArchive, text: BoundedText): Promise<void> {
  const packagePart = await packageOf(archive);
  for (const part of await chaptersOf(archive, packagePart)) {
    const chapter = await archive.read(part);
    const words = chapter === null ? '' : htmlText(decodeText(chapter));
    if (words !== '') text.add(`${words}\n`);
  }
}

async function packageOf(archive: ZipArchive): Promise<string> {
  let found: string | undefined;
  readXml(await archive.need('META-INF/container.xml'), {
    open: (name, { 'full-path': path }) => {
      if (name === 'rootfile') found ??= path;
    },
  });
  if (found === undefined) throw new UnreadableDocumentError('it names no package');
  return found;
}

async function chaptersOf(archive: ZipArchive, packagePart: string): Promise<string[]> {
  const items = new Map<string, string>();
  const spine: string[] = [];
  readXml(await archive.need(packagePart), {
    open: (name, { id = '', href = '', idref = '', 'media-type': type = '' }) => {
      if (name === 'item' && type.includes('html')) items.set(id, href);
      if (name === 'itemref') spine.push(idref);
    },
  });
  const folder = posix.dirname(packagePart);
  return spine.flatMap((id) => {
    const href = items.get(id);
    return href === undefined ? [] : [posix.join(folder, decodePath(href))];
  });
}

function decodePath(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}
