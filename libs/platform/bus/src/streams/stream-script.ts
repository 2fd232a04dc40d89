/**
 * Adds to many streams in one command: a key a stream, and for each its channel, its expiry in seconds or "", the id from which on entries
 * stay or "", and how many entries follow with id, name and value. Answers an error text a stream, "" where all of its entries were taken.
 */
export const SHIP = `local answers = {}
local i = 1
for k = 1, #KEYS do
  local channel, ttl, from, count = ARGV[i], ARGV[i + 1], ARGV[i + 2], tonumber(ARGV[i + 3])
  local refused = ''
  i = i + 4
  for e = 1, count do
    local reply = redis.pcall('xadd', KEYS[k], ARGV[i], ARGV[i + 1], ARGV[i + 2])
    if type(reply) == 'table' and reply.err and refused == '' then refused = reply.err end
    i = i + 3
  end
  if from ~= '' then redis.pcall('xtrim', KEYS[k], 'MINID', from) end
  if ttl ~= '' then redis.pcall('expire', KEYS[k], ttl) end
  redis.pcall('publish', channel, '1')
  answers[k] = refused
end
return answers`;

/** What one stream adds. */
export interface Parcel {
  key: string;
  channel: string;
  /** Unit: seconds; null leaves the expiry as it is. */
  expires: number | null;
  /** Entries before this id go; null: none do. */
  keepFrom: string | null;
  /** Id, name and value of each entry. */
  entries: readonly (readonly [id: string, name: string, value: string])[];
}

/** Arguments of the script. */
export function shipArguments(parcels: readonly Parcel[]): { keys: string[]; values: string[] } {
  const values: string[] = [];
  for (const { channel, expires, keepFrom, entries } of parcels) {
    values.push(channel, expires === null ? '' : String(expires), keepFrom ?? '', String(entries.length));
    for (const [id, name, value] of entries) values.push(id, name, value);
  }
  return { keys: parcels.map(({ key }) => key), values };
}
