// One system under measurement, from its first start to its memory after the load.
import { setTimeout as sleep } from 'node:timers/promises';
import { Console } from './console.mjs';
import { heapAfterCollection } from './heap.mjs';
import { chats, gets, modelAlone, streamChat } from './load.mjs';
import { medians } from './medians.mjs';
import { measureParked } from './parked.mjs';
import { freePort, memoryOf, treeOf, until } from './processes.mjs';
import { startBaya } from './servers.mjs';

const STATEMENTS = 'baya_sql_statements_total';
const SETTLE_MS = 3000;
/** A process is idle once V8 has given back what the start has left; it does so after some 15 s without work. */
const IDLE_MS = 30_000;

/** Memory of a process and its children, in MB, and the sum. */
function memory(pid) {
  const processes = treeOf(pid).map((id) => ({ pid: id, ...memoryOf(id) }));
  const sum = (field) => processes.reduce((total, item) => total + item[field], 0);
  return { rss: sum('rss'), pss: sum('pss'), api: processes[0].rss, processes: processes.length };
}

async function firstToken(baya, key) {
  const seen = await streamChat({ base: baya.base, key, query: 'hello' });
  if (!seen.isEnded)
    throw new Error(`the first chat did not end well: ${String(seen.status)} ${seen.body} ${JSON.stringify(seen.error ?? seen.failure)}`);
  return Math.round(performance.now() - baya.startedAt);
}

/** Compiled code is what a server runs on; a measurement of its first seconds is one of the compiler. */
export async function warmUp(target) {
  await chats({ ...target, callers: 50, seconds: 8 });
  await gets({ ...target, path: '/v1/parameters', seconds: 2 });
}

/** Chats of the floor by that many callers. */
export function measureFloor(floor, callers, seconds) {
  return chats({
    base: floor.base,
    key: 'x',
    callers,
    seconds,
    pids: { server: floor.pid },
    statements: async () => (await floor.stat()).statements,
  });
}

/** A measurement with what it is compared with. */
function compared(measured, floor, model) {
  const { p50, p95 } = measured.firstFrameMs;
  return {
    ...measured,
    floor,
    ofFloor: floor && {
      chats: measured.chatsPerSecond / floor.chatsPerSecond,
      cpu: measured.cpuMsPerChat.server / floor.cpuMsPerChat.server,
    },
    beyondModelMs: { p50: p50 - model.p50, p95: p95 - model.p95 },
  };
}

/** Baya on one database: starts, memory, GETs, chats at every number of callers. */
export async function measureBaya({ label, env = {}, mock, callers, seconds, rounds, log, floor, parked = 0, soak = 0 }) {
  const result = { label };
  log(`${label}: first start`);
  let baya = await startBaya({ env });
  try {
    result.firstStartMs = baya.readyMs;
    const first = baya;
    const demo = env.DATABASE_URL ? null : await until(() => first.firstContact(), 'first-contact.json', { child: first.child });
    if (demo?.key) result.firstStartToTokenMs = await firstToken(baya, demo.key);
    await sleep(IDLE_MS);
    result.idleAfterFirstStart = memory(baya.pid);
    const session = await new Console(baya.base).signIn();
    await session.addModel(mock.base);
    const { key } = await session.createApp('chat');
    await baya.stop();
    log(`${label}: later start`);
    const inspectPort = await freePort();
    baya = await startBaya({
      env: { ...env, ...(parked ? { MAX_CONCURRENT_RUNS: String(parked + 100) } : {}) },
      dataDir: baya.dataDir,
      // The debugger is opened when it is needed: a start with one takes longer.
      nodeArgs: soak ? [`--inspect-port=127.0.0.1:${String(inspectPort)}`] : [],
    });
    result.laterStartMs = baya.readyMs;
    result.laterStartToTokenMs = await firstToken(baya, key);
    await sleep(IDLE_MS);
    result.idle = memory(baya.pid);
    const database = treeOf(baya.pid).slice(1)[0];
    const pids = { server: baya.pid, ...(database ? { database } : {}) };
    const statements = () => baya.counter(STATEMENTS);
    await warmUp({ base: baya.base, key });
    result.parameters = await gets({ base: baya.base, path: '/v1/parameters', key, pid: baya.pid });
    result.chats = [];
    for (const count of callers) {
      log(`${label}: ${String(count)} callers`);
      const turns = [];
      while (turns.length < rounds) {
        // The floor and the model right after it: whatever else the machine does meanwhile, it does to all.
        const measured = await chats({ base: baya.base, key, callers: count, seconds, pids, statements });
        const beside = floor ? await measureFloor(floor, count, seconds) : null;
        turns.push(compared(measured, beside, await modelAlone({ mock, callers: count, seconds: Math.min(seconds, 3) })));
      }
      result.chats.push(medians(turns));
    }
    log(`${label}: 50 callers, with titles`);
    result.chats.push({
      ...(await chats({ base: baya.base, key, callers: 50, seconds, pids, statements, withTitle: true })),
      withTitle: true,
      floor: null,
    });
    await sleep(SETTLE_MS);
    result.afterLoad = memory(baya.pid);
    if (parked) {
      log(`${label}: ${String(parked)} parked chats`);
      result.parked = { ...(await measureParked({ baya, count: parked, databaseUrl: env.DATABASE_URL })), memory: memory(baya.pid) };
    }
    if (soak) result.soak = await measureSoak({ baya, key, inspectPort, total: soak, log: (text) => log(`${label}: ${text}`) });
    return result;
  } finally {
    await baya.stop();
    baya.remove();
  }
}

/** Many chats one after another: what is left in memory. */
async function measureSoak({ baya, key, inspectPort, total, log }) {
  const points = [];
  let done = 0;
  process.kill(baya.pid, 'SIGUSR1');
  for (const target of [2000, total]) {
    while (done < target) {
      const { chats: ok } = await chats({ base: baya.base, key, callers: 50, seconds: 2 });
      if (ok === 0) throw new Error('no chat succeeded in two seconds');
      done += ok;
      log(`${String(done)} chats`);
    }
    const heapMb = await heapAfterCollection(inspectPort);
    await sleep(60_000);
    points.push({ chats: done, heapMb, rssMb: memoryOf(baya.pid).rss });
  }
  return points;
}
