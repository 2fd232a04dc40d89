import { randomFillSync } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));
const HEX_DIGIT = Array.from({ length: 16 }, (_, i) => i.toString(16));
const POOL_BYTES = 4096;
const MAX_COUNTER = 0xfff;

/** The UUID of no thing; Dify stores it as the parent of every message that came over the service API. */
export const NIL_UUID = '00000000-0000-0000-0000-000000000000';

const pool = new Uint8Array(POOL_BYTES);
let offset = POOL_BYTES;
let lastMs = 0;
let counter = 0;
/** The first twelve hex digits, those of `prefixMs`. */
let prefix = '';
let prefixMs = -1;

/** Place of so many fresh random bytes in the pool. */
function take(bytes: number): number {
  if (offset + bytes > POOL_BYTES) {
    randomFillSync(pool);
    offset = 0;
  }
  offset += bytes;
  return offset - bytes;
}

const hexAt = (index: number): string => HEX[pool[index] as number] as string;

function prefixOf(ms: number): string {
  if (ms === prefixMs) return prefix;
  const hex = ms.toString(16).padStart(12, '0');
  prefixMs = ms;
  prefix = `${hex.slice(0, 8)}-${hex.slice(8)}-7`;
  return prefix;
}

/**
 * A UUIDv7 (RFC 9562): 48 bits of milliseconds, a 12-bit counter, 62 random bits. Strictly increasing within this
 * process, also when the clock stands still or steps back; tables partitioned by id rely on its time part.
 */
export function uuidv7(nowMs: number = Date.now()): string {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = (pool[take(1)] as number) & 0x7f;
  } else if (++counter > MAX_COUNTER) {
    lastMs += 1;
    counter = 0;
  }
  const at = take(8);
  const count = `${HEX_DIGIT[counter >> 8] as string}${HEX[counter & 0xff] as string}`;
  const variant = HEX[((pool[at] as number) & 0x3f) | 0x80] as string;
  const node = hexAt(at + 2) + hexAt(at + 3) + hexAt(at + 4) + hexAt(at + 5) + hexAt(at + 6) + hexAt(at + 7);
  return `${prefixOf(lastMs)}${count}-${variant}${hexAt(at + 1)}-${node}`;
}

/** The smallest UUIDv7 of a moment: the bound of a partition or of a search by time. */
export function uuidv7Floor(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Whether a text is a UUID of any version, in the usual notation with hyphens. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text);
}
