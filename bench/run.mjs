#!/usr/bin/env node
// `npm run bench`: what a chat costs, on real processes, beside the least work that gives the same answer (floor.mjs).
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from '../scripts/lib.mjs';
import { chats, gets } from './lib/load.mjs';
import { measureBaya, warmUp } from './lib/measure.mjs';
import { memoryOf, stopAll } from './lib/processes.mjs';
import { machine, render, renderEngine } from './lib/report.mjs';
import { startFloor, startMock } from './lib/servers.mjs';
import { createDatabase, startServices } from './lib/services.mjs';

const HELP = `npm run bench -- [options]
npm run bench -- engine      the workflow engine alone: no server, no database
  --callers 1,10,50,200   how many callers, one measurement each
  --seconds 4             length of one measurement
  --rounds 5              how often each is made, with the floor and the model in between; the median counts
  --only embedded|postgres   leave the other out
  --parked 1000           also: that many chats parked on a slow model
  --soak 20000            also: memory after that many chats (takes minutes)
  --base URL --key KEY    measure any Dify-compatible server instead (its chat app should answer from bench/mock-llm.mjs)
  --pid PID               with --base: the server's process, for CPU per chat`;
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    callers: { type: 'string', default: '1,10,50,200' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    parked: { type: 'string', default: '0' },
    soak: { type: 'string', default: '0' },
    base: { type: 'string' },
    key: { type: 'string' },
    pid: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
const callers = options.callers.split(',').map(Number);
const seconds = Number(options.seconds);
const extras = { rounds: Number(options.rounds), parked: Number(options.parked), soak: Number(options.soak) };
const log = (text) => console.error(`bench: ${text}`);

async function measureForeign() {
  const pid = options.pid ? Number(options.pid) : undefined;
  const at = { base: options.base, key: options.key };
  await warmUp(at);
  const parameters = await gets({ ...at, path: '/v1/parameters', pid });
  const measured = [];
  for (const count of callers) measured.push(await chats({ ...at, callers: count, seconds, pids: pid ? { server: pid } : {} }));
  return { label: new URL(options.base).host, parameters, chats: measured };
}

async function startYardstick(postgres, mock) {
  const database = await createDatabase(postgres, 'floor');
  const floor = await startFloor({ databaseUrl: database.url, mock: mock.base });
  await warmUp({ base: floor.base, key: 'x' });
  const parameters = await gets({ base: floor.base, path: '/v1/parameters', key: 'x', pid: floor.pid });
  return { ...floor, parameters };
}

async function measureEngineAlone() {
  await build();
  const { measureEngine } = await import('./engine.mjs');
  return { facts: machine(), engine: await measureEngine(log) };
}

async function main() {
  if (positionals.includes('engine')) return measureEngineAlone();
  const facts = machine();
  const notes = [];
  if (options.base) {
    if (!options.key) throw new Error('--base needs --key: the key of an app of that server');
    return { facts, systems: [await measureForeign()], floor: null, notes };
  }
  await build();
  const mock = await startMock();
  const { postgres, redis } = await startServices();
  const systems = [];
  const floor = postgres ? await startYardstick(postgres, mock) : null;
  if (!floor) notes.push('No floor: it needs PostgreSQL.');
  if (options.only !== 'postgres') systems.push(await measureBaya({ label: 'embedded', mock, callers, seconds, log, floor, ...extras }));
  if (postgres && redis && options.only !== 'embedded') {
    const database = await createDatabase(postgres, 'baya');
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url };
    systems.push(await measureBaya({ label: 'PostgreSQL + Redis', env, mock, callers, seconds, log, floor, ...extras }));
    await database.drop();
    notes.push(`${postgres.name}; ${redis.name}.`);
  } else if (options.only !== 'embedded') notes.push('PostgreSQL or Redis was not found, so only the embedded database was measured.');
  return { facts, systems, floor: floor && { label: 'floor', parameters: floor.parameters, memory: memoryOf(floor.pid) }, notes };
}

try {
  const result = await main();
  const text = result.engine ? renderEngine(result) : render(result);
  const name = result.engine ? 'engine' : 'bench';
  const directory = join(dirname(fileURLToPath(import.meta.url)), 'results');
  mkdirSync(directory, { recursive: true });
  const stamp = new Date().toISOString().slice(0, 16).replace(/[:T]/g, '-');
  writeFileSync(join(directory, `${name}-${stamp}.json`), `${JSON.stringify(result, null, 1)}\n`);
  writeFileSync(join(directory, `${name}-${stamp}.md`), `${text}\n`);
  console.log(`\n${text}\n\nWritten to bench/results/${name}-${stamp}.{json,md}`);
} finally {
  await stopAll();
}
process.exit(0);
