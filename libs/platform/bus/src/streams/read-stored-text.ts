import type { RedisConnections } from '../redis/redis-connections.js';
import { entryOf } from './shipment.js';

/** Entries read at once. */
const PAGE = 100;

/** The frames of a run that Redis holds, from the first one to the first gap, as one text. */
export async function readStoredText(connections: RedisConnections, key: string): Promise<string> {
  let text = '';
  let last = { fence: 0, n: 0 };
  for (let from = '-'; ;) {
    const entries = await connections.run((redis) => redis.xrange(key, from, '+', 'COUNT', PAGE));
    for (const [id, fields] of entries) {
      const batch = entryOf(id, fields);
      if (batch === 'x') return text;
      if (batch === 'o' || batch === 'e') continue;
      // The frames of a first owner begin with the run; a later owner goes on where the one before had come to.
      const isNext = batch.fence === last.fence ? batch.firstN === last.n + 1 : batch.firstN === 1 && (last.fence > 0 || batch.fence === 1);
      if (!isNext) return text;
      text += batch.text;
      last = batch.last;
    }
    const newest = entries.at(-1);
    if (entries.length < PAGE || newest === undefined) return text;
    from = `(${newest[0]}`;
  }
}
