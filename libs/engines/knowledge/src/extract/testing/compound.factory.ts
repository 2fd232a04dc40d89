const SECTOR = 512;
/** Streams below this size would lie in a stream of small streams. */
const LEAST = 4096;
const END = 0xfffffffe;
const FREE = 0xffffffff;
const TABLE_SECTOR = 0xfffffffd;

/** A compound file ([MS-CFB]) of up to three streams, all in one table of sectors. */
export function compoundOf(streams: Readonly<Record<string, Uint8Array>>): Buffer {
  const contents = Object.values(streams).map((bytes) => {
    const size = Math.max(LEAST, bytes.length);
    return Buffer.concat([bytes, Buffer.alloc(Math.ceil(size / SECTOR) * SECTOR - bytes.length)]);
  });
  const table = new Array<number>(SECTOR / 4).fill(FREE);
  table.splice(0, 2, TABLE_SECTOR, END);
  const starts: number[] = [];
  let next = 2;
  for (const { length } of contents) {
    starts.push(next);
    const end = next + length / SECTOR;
    for (; next < end; next += 1) table[next] = next + 1 < end ? next + 1 : END;
  }
  const entries = Object.keys(streams).map((name, index) =>
    entryOf({
      name,
      type: 2,
      right: index + 1 < starts.length ? index + 2 : FREE,
      start: starts[index] as number,
      size: contents[index]?.length ?? 0,
    }),
  );
  const directory = Buffer.concat([entryOf({ name: 'Root Entry', type: 5, child: 1, start: END }), ...entries], SECTOR);
  return Buffer.concat([headerOf(), numbers(table), directory, ...contents]);
}

function headerOf(): Buffer {
  const header = Buffer.alloc(SECTOR, 0xff);
  header.write('d0cf11e0a1b11ae1', 'hex');
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(1, 48);
  header.writeUInt32LE(LEAST, 56);
  header.writeUInt32LE(END, 60);
  header.writeUInt32LE(END, 68);
  header.writeUInt32LE(0, 76);
  return header;
}

function entryOf(entry: { name: string; type: number; start: number; right?: number; child?: number; size?: number }): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.write(entry.name, 'utf16le');
  bytes.writeUInt16LE(2 * entry.name.length + 2, 64);
  bytes.writeUInt8(entry.type, 66);
  bytes.writeUInt32LE(FREE, 68);
  bytes.writeUInt32LE(entry.right ?? FREE, 72);
  bytes.writeUInt32LE(entry.child ?? FREE, 76);
  bytes.writeUInt32LE(entry.start, 116);
  bytes.writeUInt32LE(entry.size ?? 0, 120);
  return bytes;
}

function numbers(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => bytes.writeUInt32LE(value, 4 * index));
  return bytes;
}
