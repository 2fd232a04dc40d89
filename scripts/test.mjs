// `npm test`: every test that this machine can run. PostgreSQL and Redis are started where their programs are found.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bin, build, root, run } from './lib.mjs';

const services = join(root, 'scripts/services.sh');
const parseEnv = (text) => Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));

/** Starts private servers; returns their addresses and why some are missing. */
function startServices() {
  const wanted = { TEST_DATABASE_URL: 'PostgreSQL', TEST_REDIS_URL: 'Redis' };
  if (Object.keys(wanted).every((name) => process.env[name])) return { env: {}, missing: [], started: false };
  let env = {};
  try {
    env = parseEnv(execFileSync('bash', [services, 'start'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
  } catch (error) {
    console.log(`No servers were started: ${error.message.split('\n')[0]}`);
  }
  const missing = Object.entries(wanted)
    .filter(([name]) => !env[name] && !process.env[name])
    .map(([, label]) => label);
  return { env, missing, started: Object.keys(env).length > 0 };
}

await build();
const { env, missing, started } = startServices();
for (const label of missing)
  console.log(`Skipped: the suites for ${label} (no server found; install it, or set TEST_DATABASE_URL and TEST_REDIS_URL)`);
if (!existsSync(join(root, '../shared'))) console.log('Skipped: the tests that read ../shared (absent)');
const reporters = ['--reporter=default'];
if (process.env.TEST_REPORT) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  reporters.push('--reporter=json', `--outputFile.json=${process.env.TEST_REPORT}`);
}
let code = 1;
try {
  code = await run(bin('vitest'), ['run', ...reporters, ...process.argv.slice(2)], { env });
} finally {
  if (started && code !== 0) execFileSync('bash', [services, 'logs'], { stdio: 'inherit' });
  if (started) execFileSync('bash', [services, 'stop'], { stdio: 'ignore' });
}
process.exit(code);
