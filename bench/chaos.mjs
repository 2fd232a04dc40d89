#!/usr/bin/env node
// `npm run chaos`: kills and freezes real processes under load, and checks that nothing a caller heard of is lost.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from '../scripts/lib.mjs';
import { orphansOf, probe, recovery, startChats, verify } from './lib/chaos.mjs';
import { Console } from './lib/console.mjs';
import { streamChat } from './lib/load.mjs';
import { stopAll, treeOf, until } from './lib/processes.mjs';
import { machine, table } from './lib/report.mjs';
import { startBaya, startMock, temporaryDirectory } from './lib/servers.mjs';
import { createDatabase, startServices } from './lib/services.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    streams: { type: 'string', default: '50' },
    'fault-seconds': { type: 'string', default: '20' },
    only: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(`npm run chaos -- [options]
  --rounds 10            rounds of kill -9, on each database
  --streams 50           chats that stream when the process is killed
  --fault-seconds 20     how long PostgreSQL and Redis are frozen or away
  --only embedded|postgres|disk
  --out FILE             also write the report (Markdown) there`);
  process.exit(0);
}
const rounds = Number(options.rounds);
const streams = Number(options.streams);
const faultMs = Number(options['fault-seconds']) * 1000;
const log = (text) => console.error(`chaos: ${text}`);
const wants = (part) => options.only === undefined || options.only === part;
/** Deterministic moments, so that a failed round can be run again. */
const moment = (round) => 200 + ((round * 977) % 1900);

async function prepare(base, mock) {
  const session = await new Console(base).signIn();
  await session.addModel(mock.base);
  return (await session.createApp('chat', { name: 'chaos' })).key;
}

/** kill -9 of the api in the middle of many streams, then a restart. On PostgreSQL a second process streams on, untouched. */
async function killRounds({ label, env, mock, witness }) {
  const dataDir = temporaryDirectory();
  let baya = await startBaya({ dataDir, env });
  const results = [];
  let key;
  try {
    key = await prepare(baya.base, mock);
    const other = witness ? await startBaya({ env }) : null;
    for (let round = 1; round <= rounds; round += 1) {
      const { live, ended } = startChats({ base: baya.base, key, count: streams, prefix: `r${String(round)}` });
      const theirs = other ? startChats({ base: other.base, key, count: 5, prefix: `w${String(round)}` }) : null;
      await until(() => live.some((chat) => chat.acknowledged), 'a first frame', { child: baya.child });
      await sleep(moment(round));
      const children = treeOf(baya.pid).slice(1);
      await baya.kill();
      await ended;
      const orphans = await orphansOf(children);
      baya = await startBaya({ dataDir, env });
      const result = { round, ...(await verify({ base: baya.base, key, chats: live })), restartMs: baya.readyMs };
      result.faults.push(...orphans.map((pid) => `process ${String(pid)} outlived the killed api`));
      if (theirs) {
        const chats = await theirs.ended;
        result.faults.push(
          ...chats
            .filter((chat) => !chat.seen.isEnded)
            .map(
              (chat) =>
                `a chat of another process was touched: ${chat.user} ${JSON.stringify(chat.seen.error ?? chat.seen.failure ?? chat.seen.body)}`,
            ),
        );
        result.faults.push(...(await verify({ base: other.base, key, chats })).faults);
      }
      results.push(result);
      log(
        `${label} round ${String(round)}: ${String(result.acknowledged)} acknowledged, ${String(result.interrupted)} interrupted, ${String(result.faults.length)} faults, settled in ${String(result.settledMs)} ms`,
      );
    }
    await other?.stop();
  } finally {
    await baya.stop();
    baya.remove();
  }
  return { label, results };
}

/** A service goes away under load, and comes back: nothing is lost, and the process recovers without a restart. */
async function serviceFault({ label, env, mock, away, back, expectsRed = true }) {
  const baya = await startBaya({ env });
  try {
    const key = await prepare(baya.base, mock);
    const { live, ended } = startChats({ base: baya.base, key, count: streams, prefix: 'fault' });
    await until(() => live.filter((chat) => chat.acknowledged).length >= streams / 2, 'half of the streams', { child: baya.child });
    await away();
    const finish = probe({ base: baya.base, key });
    await sleep(faultMs);
    await back();
    const since = performance.now();
    const recoveryMs = await recovery({ base: baya.base, key, child: baya.child, since }).catch((error) => error);
    const seen = await finish();
    await ended;
    const checked = await verify({ base: baya.base, key, chats: live });
    const faults = [...checked.faults];
    if (recoveryMs instanceof Error) faults.push(`no recovery: ${recoveryMs.message.split('\n')[0]}`);
    for (const status of Object.keys(seen.statuses.chat ?? {}))
      if (/^5(?!03)|without a code/.test(status)) faults.push(`chats were answered ${status}`);
    if (expectsRed && !seen.statuses.ready?.[503]) faults.push(`/ready was never red: ${JSON.stringify(seen.statuses.ready)}`);
    if (Object.keys(seen.statuses.health ?? {}).some((status) => status !== '200'))
      faults.push(`/health was not always served: ${JSON.stringify(seen.statuses.health)}`);
    const result = { ...checked, ...seen, recoveryMs: recoveryMs instanceof Error ? null : recoveryMs, faults };
    log(`${label}: recovered in ${String(result.recoveryMs)} ms, ${String(faults.length)} faults`);
    return { label, result };
  } finally {
    await baya.stop();
    baya.remove();
  }
}

/** The data directory's disk is full: refused with a code, nothing lost, well again once there is room. Needs the right to mount. */
async function fullDisk({ mock }) {
  const dataDir = temporaryDirectory();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs', dataDir], { stdio: 'ignore' });
  } catch {
    return { label: 'full disk', skipped: 'a small disk can only be mounted by root' };
  }
  const filler = join(dataDir, 'filler');
  const baya = await startBaya({ dataDir });
  try {
    const key = await prepare(baya.base, mock);
    const before = startChats({ base: baya.base, key, count: 5, prefix: 'before' });
    const early = await before.ended;
    try {
      execFileSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k'], { stdio: 'ignore' });
    } catch {
      // dd fails when the disk is full: that is the point
    }
    const statuses = {};
    for (let index = 0; index < 20; index += 1) {
      const seen = await streamChat({ base: baya.base, key, user: 'full', query: 'x'.repeat(50_000), signal: AbortSignal.timeout(20_000) });
      const name =
        seen.status === 200
          ? seen.isEnded
            ? 'whole'
            : 'error event'
          : `${String(seen.status)} ${/"code":"([a-z_]+)"/.exec(seen.body)?.[1] ?? seen.failure ?? ''}`;
      statuses[name] = (statuses[name] ?? 0) + 1;
    }
    rmSync(filler);
    const since = performance.now();
    const recoveryMs = await recovery({ base: baya.base, key, child: baya.child, since }).catch(() => null);
    const checked = await verify({ base: baya.base, key, chats: early });
    const faults = [
      ...checked.faults,
      ...(recoveryMs === null ? ['no recovery after there was room again'] : []),
      ...Object.keys(statuses)
        .filter((name) => /^5(?!03)/.test(name))
        .map((name) => `chats were answered ${name}`),
    ];
    log(`full disk: ${JSON.stringify(statuses)}, ${String(faults.length)} faults`);
    return { label: 'full disk', result: { ...checked, statuses: { chat: statuses }, recoveryMs, faults } };
  } finally {
    await baya.stop();
    execFileSync('umount', [dataDir], { stdio: 'ignore' });
    baya.remove();
  }
}

function render({ facts, kills, faults }) {
  const parts = [
    `# Chaos report`,
    `${String(rounds)} rounds of kill -9 with ${String(streams)} streams, faults of ${String(faultMs / 1000)} s. ${facts.cpu}, ${String(facts.cores)} cores, ${facts.system}, Node ${facts.node}, ${facts.date}.`,
  ];
  for (const { label, results } of kills) {
    parts.push(
      `## kill -9, ${label}`,
      table(
        ['round', 'started', 'acknowledged', 'seen to the end', 'interrupted', 'restart ms', 'settled ms', 'faults'],
        results.map((item) => [
          item.round,
          item.started,
          item.acknowledged,
          item.whole,
          item.interrupted,
          item.restartMs,
          item.settledMs,
          item.faults.length,
        ]),
      ),
    );
    const all = results.flatMap((item) => item.faults.map((fault) => `- round ${String(item.round)}: ${fault}`));
    if (all.length > 0) parts.push(all.slice(0, 40).join('\n'));
  }
  for (const { label, result, skipped } of faults) {
    parts.push(`## ${label}`);
    if (skipped) parts.push(`Skipped: ${skipped}.`);
    else
      parts.push(
        `${String(result.acknowledged)} acknowledged chats, ${String(result.whole)} seen to the end, ${String(result.interrupted)} interrupted. Recovered ${String(result.recoveryMs)} ms after the fault ended.\nAnswers meanwhile: \`${JSON.stringify(result.statuses)}\`${result.slowestMs === undefined ? '' : `, slowest first frame or refusal ${String(result.slowestMs)} ms`}.\n${result.faults.length === 0 ? 'No faults.' : result.faults.map((fault) => `- ${fault}`).join('\n')}`,
      );
  }
  return parts.join('\n\n');
}

async function main() {
  await build();
  const mock = await startMock({ chunks: 40, delayMs: 50 });
  const kills = [];
  const faults = [];
  if (wants('embedded')) kills.push(await killRounds({ label: 'embedded', env: { DEMO: 'false' }, mock, witness: false }));
  if (wants('disk')) faults.push(await fullDisk({ mock }));
  const { postgres, redis } = wants('postgres') ? await startServices() : {};
  if (postgres && redis) {
    const fresh = async () => {
      const database = await createDatabase(postgres, 'chaos');
      return {
        DATABASE_URL: database.url,
        REDIS_URL: redis.url,
        REDIS_KEY_PREFIX: `chaos${Date.now().toString(36)}`,
        SECRET_KEY: 'chaos-secret-key-of-this-run-only',
      };
    };
    const keys = temporaryDirectory();
    kills.push(await killRounds({ label: 'PostgreSQL + Redis', env: { ...(await fresh()), KEY_STORE_PATH: keys }, mock, witness: true }));
    rmSync(keys, { recursive: true, force: true });
    if (postgres.isPrivate && redis.isPrivate) {
      const events = [
        ['PostgreSQL frozen (SIGSTOP)', () => postgres.freeze(), () => postgres.thaw()],
        ['PostgreSQL killed and started again', () => postgres.kill(), () => postgres.restart()],
        ['Redis frozen (SIGSTOP)', () => redis.freeze(), () => redis.thaw()],
        ['Redis killed and started again', () => redis.kill(), () => redis.restart()],
      ];
      for (const [label, away, back] of events) faults.push(await serviceFault({ label, env: await fresh(), mock, away, back }));
    } else faults.push({ label: 'PostgreSQL and Redis', skipped: 'only servers of our own can be frozen and killed' });
    await stopAll();
    await postgres.stop();
    await redis.stop();
  } else if (wants('postgres')) faults.push({ label: 'PostgreSQL and Redis', skipped: 'one of them was not found' });
  return { facts: machine(), kills, faults };
}

let failed = 0;
try {
  const result = await main();
  const text = render(result);
  const directory = join(dirname(fileURLToPath(import.meta.url)), 'results');
  mkdirSync(directory, { recursive: true });
  const stamp = new Date().toISOString().slice(0, 16).replace(/[:T]/g, '-');
  writeFileSync(join(directory, `chaos-${stamp}.json`), `${JSON.stringify(result, null, 1)}\n`);
  writeFileSync(join(directory, `chaos-${stamp}.md`), `${text}\n`);
  if (options.out) writeFileSync(options.out, `${text}\n`);
  failed = [...result.kills.flatMap(({ results }) => results), ...result.faults.map(({ result: item }) => item).filter(Boolean)].reduce(
    (sum, item) => sum + item.faults.length,
    0,
  );
  console.log(
    `\n${text}\n\n${failed === 0 ? 'Nothing was lost.' : `${String(failed)} faults.`} Written to bench/results/chaos-${stamp}.{json,md}`,
  );
} finally {
  await stopAll();
}
process.exit(failed === 0 ? 0 : 1);
