import { posix } from 'node:path';
import { readXml } from './read-xml.js';
import type { ZipArchive } from './zip-archive.js';

/** What a part of an Office document leads to, by relationship id: names of parts (ECMA-376 part 2). Links to outside are left out. */
export async function relationshipsOf(archive: ZipArchive, part: string): Promise<ReadonlyMap<string, { type: string; target: string }>> {
  const { dir, base } = posix.parse(part);
  const found = new Map<string, { type: string; target: string }>();
  const xml = await archive.read(posix.join(dir, '_rels', `${base}.rels`));
  if (xml === null) return found;
  readXml(xml, {
    open: (name, { Id = '', Type = '', Target = '', TargetMode }) => {
      if (name !== 'Relationship' || TargetMode === 'External') return;
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(dir, Target);
      found.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), target });
    },
  });
  return found;
}
