// PostgreSQL and Redis for a measurement: private ones where the programs are installed, so that they can be frozen and killed;
// else those of TEST_DATABASE_URL and TEST_REDIS_URL (a database of our own is made there, and dropped).
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort, start, stop, treeOf, until } from './processes.mjs';

const REDIS = ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server'];

function postgresBin() {
  const roots = ['/usr/lib/postgresql', '/usr/local/pgsql', '/opt/homebrew/opt/postgresql'];
  const versions = existsSync(roots[0]) ? readdirSync(roots[0]).sort((a, b) => Number(b) - Number(a)) : [];
  return [...versions.map((version) => join(roots[0], version, 'bin')), join(roots[1], 'bin'), join(roots[2], 'bin')].find((bin) =>
    existsSync(join(bin, 'initdb')),
  );
}

/** PostgreSQL refuses to run as root: the user to run it as, or nothing when we are no root. */
function servant() {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // no such user: the next one
    }
  }
  return {};
}

const isAnswering = async (url) => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** A PostgreSQL of our own: `url`, `pids()`, `freeze()`, `thaw()`, `kill()`, `restart()`, `stop()`; null when none is installed. */
export async function startPostgres() {
  const bin = postgresBin();
  if (!bin) return null;
  const directory = mkdtempSync(join(tmpdir(), 'baya-bench-pg-'));
  const data = join(directory, 'data');
  const user = servant();
  mkdirSync(data);
  chmodSync(directory, 0o755);
  if (user.uid !== undefined) for (const path of [directory, data]) chownSync(path, user.uid, user.gid);
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'baya', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C.UTF-8'], {
    ...user,
    cwd: directory,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const port = await freePort();
  const url = `postgres://baya@127.0.0.1:${String(port)}/postgres`;
  let server;
  const launch = async () => {
    server = start(
      join(bin, 'postgres'),
      [
        '-D',
        data,
        '-p',
        String(port),
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        `unix_socket_directories=${directory}`,
        '-c',
        'max_connections=200',
      ],
      { ...user, cwd: directory },
    );
    await until(() => isAnswering(url), 'PostgreSQL to answer', { child: server, everyMs: 50 });
  };
  await launch();
  const all = (signal) => {
    // The postmaster and its backends: freezing one alone would leave the others answering.
    for (const pid of treeOf(server.pid)) tryKill(pid, signal);
  };
  return {
    name: execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }).trim(),
    url,
    isPrivate: true,
    pids: () => treeOf(server.pid),
    freeze: () => all('SIGSTOP'),
    thaw: () => all('SIGCONT'),
    kill: async () => {
      all('SIGKILL');
      await server.ended;
    },
    restart: launch,
    stop: async () => {
      all('SIGCONT');
      await stop(server, { signal: 'SIGQUIT' });
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function tryKill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // it ended meanwhile
  }
}

/** A Redis of our own, shaped like the PostgreSQL above; null when none is installed. */
export async function startRedis() {
  const program = REDIS.find((path) => existsSync(path));
  if (!program) return null;
  const directory = mkdtempSync(join(tmpdir(), 'baya-bench-redis-'));
  const port = await freePort();
  let server;
  const launch = async () => {
    server = start(program, [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'yes',
      '--appendfsync',
      'everysec',
      '--dir',
      directory,
    ]);
    await until(() => server.output().includes('Ready to accept connections'), 'Redis to answer', { child: server });
  };
  await launch();
  return {
    name: execFileSync(program, ['--version'], { encoding: 'utf8' }).trim().split(' ').slice(0, 3).join(' '),
    url: `redis://127.0.0.1:${String(port)}/0`,
    isPrivate: true,
    pids: () => [server.pid],
    freeze: () => server.kill('SIGSTOP'),
    thaw: () => server.kill('SIGCONT'),
    kill: async () => {
      server.kill('SIGKILL');
      await server.ended;
    },
    restart: launch,
    stop: async () => {
      await stop(server);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Somebody else's server of TEST_DATABASE_URL or TEST_REDIS_URL: it is used, never stopped. */
const borrowed = (name, url) =>
  url ? { name: `${name} of ${new URL(url).host}`, url, isPrivate: false, pids: () => [], stop: async () => undefined } : null;

/** Both servers, or null for what is missing. Private ones win, since their processes can be measured. */
export async function startServices() {
  const postgres = (await startPostgres()) ?? borrowed('PostgreSQL', process.env.TEST_DATABASE_URL);
  const redis = (await startRedis()) ?? borrowed('Redis', process.env.TEST_REDIS_URL);
  return { postgres, redis };
}

/** Makes an empty database on a server; returns its address and how to drop it. */
export async function createDatabase(postgres, prefix) {
  const name = `${prefix}_${String(process.pid)}_${Date.now().toString(36)}`;
  const run = async (text) => {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query(text).finally(() => client.end());
  };
  await run(`create database "${name}"`);
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database if exists "${name}" with (force)`) };
}
