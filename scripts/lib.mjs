import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Runs a program to its end with our own output; resolves to its exit code, with `capture` to the code and what it wrote. */
export function run(command, args, { env = {}, quiet = false, capture = false, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      stdio: quiet || capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (quiet && code !== 0) process.stderr.write(output);
      resolve(capture ? { code: code ?? 1, output } : (code ?? 1));
    });
  });
}

/** Path of a program that a package of ours brings. */
export const bin = (name) => join(root, 'node_modules/.bin', name);

function* sources(dir) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts')) yield path;
  }
}

/** What the build is made of: changes when a source, the lock file or a compiler setting changes. */
function fingerprint() {
  const hash = createHash('sha256');
  const settings = ['package-lock.json', '.swcrc', 'nest-cli.json', 'tsconfig.json', 'scripts/bundle.mjs', 'scripts/bundle-loader.mjs'].map(
    (name) => join(root, name),
  );
  const files = ['apps', 'libs', 'migrations'].flatMap((dir) => [...sources(join(root, dir))]).sort();
  for (const file of [...settings, ...files]) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file}:${mtimeMs}:${size}\n`);
  }
  return hash.digest('hex');
}

/** Programs with an entry file of their own. */
export const programs = ['api', 'worker', 'cli'];

/** What starts a program. `nest build` writes its own code there; the bundle step replaces it, so that every way to start takes the bundle. */
export const entryOf = (program) => join(root, 'dist/apps', program, 'src/main.js');

/** The entry file of a bundled program. */
export const bundledEntry = (program) => `import { start } from '../../../bundle/loader.mjs';
start('${program}');
`;

const isBundled = () => programs.every((program) => readFileSync(entryOf(program), 'utf8') === bundledEntry(program));

async function bundle() {
  if ((await run(process.execPath, [join(root, 'scripts/bundle.mjs')], { quiet: true })) !== 0)
    throw new Error('The program could not be bundled; the output is above.');
}

/** Compiles what is missing or old (SWC, no type check). Returns whether something had to be done. */
export async function build({ force = false } = {}) {
  const stamp = join(root, 'dist/.built-from');
  const current = fingerprint();
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === current) {
    // Something else compiled the same sources meanwhile, such as the API documents.
    if (!isBundled()) await bundle();
    return false;
  }
  const code = await run(process.execPath, [join(root, 'node_modules/@nestjs/cli/bin/nest.js'), 'build', 'api'], { quiet: true });
  if (code !== 0) throw new Error('The build failed; its output is above.');
  const snapshotMaker = join(root, 'dist/libs/engines/sandbox/src/worker/python-snapshot.worker.js');
  const [prepared, snapshot] = await Promise.all([
    run(process.execPath, [join(root, 'scripts/prepare-database.mjs')], { quiet: true }),
    run(process.execPath, ['--no-warnings', snapshotMaker], { quiet: true }),
  ]);
  if (prepared !== 0) throw new Error('The database directory could not be prepared; the output is above.');
  await bundle();
  if (snapshot !== 0) throw new Error('The snapshot of the Python sandbox could not be made; the output is above.');
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, current);
  return true;
}

/** Servers for one run, with a state of their own, so that another run on the same machine stops only its own. */
export class OwnServers {
  #directory = null;

  #call(command, stdio) {
    return execFileSync('bash', [join(root, 'scripts/services.sh'), command], {
      encoding: 'utf8',
      stdio,
      env: { ...process.env, BAYA_SERVICES: join(this.#directory, 'state') },
    });
  }

  /** Starts what is installed; the addresses by variable, of what runs only. */
  start() {
    this.#directory = mkdtempSync(join(tmpdir(), 'baya-servers-'));
    // PostgreSQL runs as another user where we are root: he must be able to enter.
    chmodSync(this.#directory, 0o755);
    return Object.fromEntries(
      [...this.#call('start', ['ignore', 'pipe', 'inherit']).matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    );
  }

  /** Prints the ends of their logs. */
  printLogs() {
    this.#call('logs', 'inherit');
  }

  /** Ends them and removes their data; what goes wrong is printed, since it says nothing about the work that is done. */
  stop() {
    if (this.#directory === null) return;
    try {
      this.#call('stop', 'inherit');
    } catch (error) {
      console.log(`The servers of this run: ${error.message}`);
    }
    rmSync(this.#directory, { recursive: true, force: true });
    this.#directory = null;
  }
}
