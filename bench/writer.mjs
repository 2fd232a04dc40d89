// Measures the run writer against the floor's way (one insert and one update a run) on PostgreSQL, 50 callers.
//   TEST_DATABASE_URL=postgres://... node bench/writer.mjs [callers] [seconds]
// Needs no build: it runs the sources. Prints CPU of this process a run, statements a run and runs per second.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./writer.ts', import.meta.url));
const loader = new URL('../scripts/typescript/register.mjs', import.meta.url).href;
const { status } = spawnSync(process.execPath, ['--conditions=baya-source', '--import', loader, program, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
