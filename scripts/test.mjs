// `npm test`: every test that this machine can run. PostgreSQL and Redis are started where their programs are found.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, build, OwnServers, root, run } from './lib.mjs';

/** Starts servers of our own; returns their addresses and why some are missing. */
function startServices(servers) {
  const wanted = { TEST_DATABASE_URL: 'PostgreSQL', TEST_REDIS_URL: 'Redis' };
  if (Object.keys(wanted).every((name) => process.env[name])) return { env: {}, missing: [], started: false };
  let env = {};
  try {
    env = servers.start();
  } catch (error) {
    console.log(`No servers were started: ${error.message.split('\n')[0]}`);
  }
  const missing = Object.entries(wanted)
    .filter(([name]) => !env[name] && !process.env[name])
    .map(([, label]) => label);
  return { env, missing, started: Object.keys(env).length > 0 };
}

/** Runs the suites against the servers that are found; resolves with the exit code. */
async function runSuites(files, report) {
  const servers = new OwnServers();
  const { env, missing, started } = startServices(servers);
  for (const label of missing)
    console.log(`Skipped: the suites for ${label} (no server found; install it, or set TEST_DATABASE_URL and TEST_REDIS_URL)`);
  const reporters = ['--reporter=default', ...(report ? ['--reporter=json', `--outputFile.json=${report}`] : [])];
  const code = await run(bin('vitest'), ['run', ...reporters, ...files], { env }).catch(() => 1);
  if (started && code !== 0) servers.printLogs();
  servers.stop();
  return code;
}

const read = (report) => JSON.parse(readFileSync(report, 'utf8'));

/** What failed is run once more with new servers: on a shared machine a neighbour may take the time that real servers need. What is broken fails twice. */
async function runAgain(report) {
  const failed = read(report).testResults.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return 1;
  console.log(`\nOnce more, with new servers: ${String(failed.length)} files that failed`);
  const second = `${report}.again`;
  const code = await runSuites(
    failed.map(({ name }) => name),
    second,
  );
  writeFileSync(report, JSON.stringify(merged(read(report), read(second))));
  return code;
}

/** The first report with the results of the files that were run again in place of theirs. */
function merged(first, second) {
  const again = new Map(second.testResults.map((file) => [file.name, file]));
  const testResults = first.testResults.map((file) => again.get(file.name) ?? file);
  const count = (status) => testResults.flatMap((file) => file.assertionResults).filter((test) => test.status === status).length;
  return { ...first, testResults, numPassedTests: count('passed'), numFailedTests: count('failed') };
}

await build();
if (!existsSync(join(root, '../shared'))) console.log('Skipped: the tests that read ../shared (absent)');
const report = process.env.TEST_REPORT;
if (report) mkdirSync(join(root, 'dist'), { recursive: true });
let code = await runSuites(process.argv.slice(2), report);
if (code !== 0 && process.env.CI && report && existsSync(report)) code = await runAgain(report);
process.exit(code);
