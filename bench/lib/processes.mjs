// Real processes: start them, find their children, read their memory and CPU from /proc, end exactly what we started.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The kernel counts CPU in ticks of this many milliseconds (USER_HZ is 100 on every Linux that Node runs on). */
const TICK_MS = 10;
const started = new Set();

/** Starts a program and remembers it. `child.output()` is what it has written so far. */
export function start(command, args, { env = {}, cwd, uid, gid } = {}) {
  const child = spawn(command, args, { cwd, uid, gid, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk) => (output = (output + chunk).slice(-64_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => keep(`${error.message}\n`));
  child.output = () => output;
  child.ended = new Promise((resolve) => child.once('close', resolve));
  started.add(child);
  void child.ended.then(() => started.delete(child));
  return child;
}

/** Ends one program: politely first, by force after `graceMs`. A frozen one is thawed before. */
export async function stop(child, { signal = 'SIGTERM', graceMs = 8000 } = {}) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGCONT');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await child.ended;
  clearTimeout(timer);
}

/** Ends everything that is left, newest first. */
export async function stopAll() {
  for (const child of [...started].reverse()) await stop(child, { graceMs: 4000 });
}

process.once('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void stopAll().then(() => process.exit(130)));
}

/** A TCP port that is free right now. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Polls until `condition` answers something true, and returns that. Throws with `what` after the time. */
export async function until(condition, what, { timeoutMs = 30_000, everyMs = 20, child } = {}) {
  for (const deadline = Date.now() + timeoutMs; ; await sleep(everyMs)) {
    const value = await condition();
    if (value) return value;
    if (child && (child.exitCode !== null || child.signalCode !== null))
      throw new Error(`the process ended before ${what}:\n${child.output()}`);
    if (Date.now() > deadline) throw new Error(`waited ${String(timeoutMs)} ms in vain for ${what}${child ? `:\n${child.output()}` : ''}`);
  }
}

const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** What stands behind the name in /proc/PID/stat: state, ppid, ... */
const statOf = (pid) =>
  read(`/proc/${String(pid)}/stat`)
    .split(') ')[1]
    ?.split(' ') ?? [];

/** Whether a process lives (a zombie does not). */
export const isAlive = (pid) => !['', 'Z', 'X'].includes(statOf(pid)[0] ?? '');

/** All descendants of a process, itself first. */
export function treeOf(pid) {
  const parents = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) parents.set(Number(name), Number(statOf(name)[1]));
  const tree = [pid];
  for (let index = 0; index < tree.length; index += 1) for (const [id, parent] of parents) if (parent === tree[index]) tree.push(id);
  return tree;
}

/** Memory of one process in MB: resident, and the share that is its own (PSS) where the kernel tells. */
export function memoryOf(pid) {
  const rss = Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${String(pid)}/status`))?.[1] ?? 0) / 1024;
  const pss = Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${String(pid)}/smaps_rollup`))?.[1] ?? 0) / 1024;
  return { rss: Math.round(rss), pss: Math.round(pss) };
}

/** CPU one process has used since it began, in ms (steps of 10). */
export function cpuOf(pid) {
  const stat = statOf(pid);
  return (Number(stat[11] ?? 0) + Number(stat[12] ?? 0)) * TICK_MS;
}
