// The three servers of a measurement: Baya, the mock model and the floor.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, start, stop, until } from './processes.mjs';

const bench = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = join(bench, '..');
const main = join(root, 'dist/apps/api/src/main.js');
/** What `npm start` gives Node. */
const NODE_FLAGS = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  .scripts.start.split(' ')
  .filter((word) => word.startsWith('--'));
/** Variables of the caller that would make two runs differ. */
const CLEAN = [
  'DATABASE_URL',
  'DB_HOST',
  'REDIS_URL',
  'REDIS_HOST',
  'ROLE',
  'HOST',
  'PORT',
  'DATA_DIR',
  'DEMO',
  'LOG_LEVEL',
  'METRICS_TOKEN',
];

/** A directory that nobody else uses. */
export const temporaryDirectory = () => mkdtempSync(join(tmpdir(), 'baya-bench-'));

/** Status of a GET, 0 when nobody answers. */
export async function statusOf(url, { timeoutMs = 3000, headers = {} } = {}) {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

/** Starts the built API as a process of its own and waits until it is ready; where somebody was quicker at the free port, on another one. */
export async function startBaya(options = {}) {
  if (!existsSync(main)) throw new Error(`${main} is missing: run "npm run build" first`);
  const dataDir = options.dataDir ?? temporaryDirectory();
  for (let attempts = options.port === undefined ? 3 : 1; ; attempts -= 1) {
    try {
      return await tryToStart({ ...options, dataDir });
    } catch (error) {
      if (attempts === 1 || !String(error).includes('EADDRINUSE')) throw error;
    }
  }
}

async function tryToStart({ dataDir, env = {}, nodeArgs = [], port, timeoutMs = 60_000 }) {
  const listen = port ?? (await freePort());
  const metricsPort = await freePort();
  const base = `http://127.0.0.1:${String(listen)}`;
  const clean = Object.fromEntries(CLEAN.map((name) => [name, undefined]));
  const since = performance.now();
  const child = start(process.execPath, [...NODE_FLAGS, ...nodeArgs, main], {
    cwd: root,
    env: {
      ...clean,
      DATA_DIR: dataDir,
      PORT: String(listen),
      METRICS_PORT: String(metricsPort),
      LOG_LEVEL: 'warn',
      NODE_ENV: 'production',
      ...env,
    },
  });
  await until(async () => (await statusOf(`${base}/ready`)) === 200, 'GET /ready to answer 200', { child, timeoutMs, everyMs: 10 });
  return {
    base,
    port: listen,
    dataDir,
    child,
    pid: child.pid,
    startedAt: since,
    readyMs: Math.round(performance.now() - since),
    /** The printed facts of an embedded start, or null. */
    firstContact: () =>
      existsSync(join(dataDir, 'first-contact.json')) ? JSON.parse(readFileSync(join(dataDir, 'first-contact.json'), 'utf8')) : null,
    /** A counter of /metrics, all labels together; null when there is no such counter. */
    counter: (name) => readCounter(metricsPort, name),
    stop: () => stop(child, { graceMs: 15_000 }),
    kill: async () => {
      child.kill('SIGKILL');
      await child.ended;
    },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

async function readCounter(port, name) {
  try {
    const text = await (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text();
    const values = [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? ([0-9.e+]+)`, 'gm'))].map(([, value]) => Number(value));
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
  } catch {
    return null;
  }
}

/** The deterministic model server. */
export async function startMock({ chunks = 20, delayMs = 0 } = {}) {
  const port = await freePort();
  const child = start(process.execPath, [join(bench, 'mock-llm.mjs'), String(port)], {
    env: { CHUNKS: String(chunks), DELAY_MS: String(delayMs) },
  });
  const base = `http://127.0.0.1:${String(port)}`;
  await until(async () => (await statusOf(`${base}/__stats`)) === 200, 'the mock model', { child });
  return { base, pid: child.pid, stop: () => stop(child), stats: async () => (await fetch(`${base}/__stats`)).json() };
}

/** The yardstick: the least work that gives the same answer. */
export async function startFloor({ databaseUrl, mock }) {
  const port = await freePort();
  const child = start(process.execPath, [join(bench, 'floor.mjs')], {
    cwd: root,
    env: { DATABASE_URL: databaseUrl, MOCK: mock, PORT: String(port), NODE_ENV: 'production' },
  });
  const base = `http://127.0.0.1:${String(port)}`;
  await until(async () => (await statusOf(`${base}/stat`)) === 200, 'the floor', { child });
  return { base, pid: child.pid, stop: () => stop(child), stat: async () => (await fetch(`${base}/stat`)).json() };
}
