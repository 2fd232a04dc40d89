// Many chats at a time on a model that takes its time: what others see meanwhile.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Console } from './console.mjs';
import { gets, streamChat } from './load.mjs';
import { startMock } from './servers.mjs';

/** Chats that start at once, and the pause after them: it is the parked chats that are measured, not a thousand arrivals in one moment. */
const WAVE = 50;
const WAVE_MS = 200;
/** A chat outlasts the arrivals and the measurement: 20 chunks of this. */
const CHUNK_MS = 900;
const MEASURE_SECONDS = 5;

/** Connections to this database beside our own, or null where it can't be asked. */
async function connectionsTo(databaseUrl) {
  if (!databaseUrl) return null;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    'select count(*)::int as count from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
  return rows[0].count;
}

/** Why a chat did not end well. */
const reasonOf = (chat) => JSON.stringify(chat.error?.code ?? chat.failure ?? `${String(chat.status)} ${chat.body.slice(0, 100)}`);

/** Parks `count` chats and asks for something else while they wait. */
export async function measureParked({ baya, count, databaseUrl }) {
  const slow = await startMock({ chunks: 20, delayMs: CHUNK_MS });
  try {
    const session = await new Console(baya.base).signIn();
    await session.addModel(slow.base, 'mock-slow');
    const { key } = await session.createApp('chat', { name: 'parked', model: 'mock-slow' });
    const running = [];
    while (running.length < count) {
      for (let i = 0; i < WAVE && running.length < count; i += 1)
        running.push(streamChat({ base: baya.base, key, user: `parked-${String(running.length)}` }));
      await sleep(WAVE_MS);
    }
    const during = await gets({ base: baya.base, path: '/v1/parameters', key, callers: 4, seconds: MEASURE_SECONDS });
    const connections = await connectionsTo(databaseUrl);
    const seen = await Promise.all(running);
    const failures = seen.filter((chat) => !chat.isEnded).map(reasonOf);
    return { count, ended: count - failures.length, failures: [...new Set(failures)], connections, parametersP95: during.p95 };
  } finally {
    await slow.stop();
  }
}
