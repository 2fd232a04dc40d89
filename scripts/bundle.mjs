// Build step: joins what the start of a program reads into a few files. Run after `nest build`.
// Three thousand small files take Node most of a second to find and open; what is bundled starts in two thirds of the time.
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { rolldown } from 'rolldown';
import { bundledEntry, entryOf, programs, root } from './lib.mjs';

const dist = join(root, 'dist');

/** Left where they are: native code, packages that read files of their own, and what is loaded only when it is needed. */
const external = [
  /^@node-rs\/argon2/,
  /^@electric-sql\//,
  /^bull$/,
  /^ioredis$/,
  /^msgpackr/,
  /^pino$/,
  /^swagger-ui-dist/,
  /^gpt-tokenizer/,
  /^unpdf$/,
  /^@ai-sdk\//,
  /^@aws-sdk\//,
  /^@opentelemetry\//,
];

/** Code of ours finds files by its own place; in a bundle that is still the place it was compiled to. */
const ownPlace = {
  name: 'own-place',
  transform(code, id) {
    if (id.includes('node_modules') || !code.includes('import.meta.')) return null;
    const urlOf = (path) => `new URL(${JSON.stringify(`../${relative(dist, path).split(sep).join('/')}`)}, import.meta.url)`;
    return code
      .replaceAll('import.meta.url', `${urlOf(id)}.href`)
      .replaceAll('import.meta.dirname', `process.getBuiltinModule('node:url').fileURLToPath(${urlOf(dirname(id))})`);
  },
};

rmSync(join(dist, 'bundle'), { recursive: true, force: true });
const bundle = await rolldown({
  input: Object.fromEntries(programs.map((program) => [program, entryOf(program)])),
  platform: 'node',
  external,
  plugins: [ownPlace],
  onLog(level, log) {
    // Nest looks for packages that are not installed here, and does without them.
    if (level === 'warn' && log.code !== 'UNRESOLVED_IMPORT') console.warn(log.message);
  },
});
await bundle.write({ dir: join(dist, 'bundle'), format: 'esm', keepNames: true, strictExecutionOrder: true });
for (const program of programs) writeFileSync(entryOf(program), bundledEntry(program));
