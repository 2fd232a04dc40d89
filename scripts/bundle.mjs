// Build step: joins what the start of a program reads into a few files. Run after `nest build`.
// Three thousand small files take Node most of a second to find and open; what is bundled starts in two thirds of the time.
import { createHash } from 'node:crypto';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { rolldown } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';
import { bundledEntry, entryOf, programs, root } from './lib.mjs';

const dist = join(root, 'dist');

/** Left where they are: native code, packages that read files of their own, and what is loaded only when it is needed. */
const external = [
  /^@node-rs\/argon2/,
  /^@electric-sql\//,
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

/** A script may not `import` without a warning of Node's; the loader hands chunks a function that may. */
const loadersImport = {
  name: 'loaders-import',
  renderChunk(code) {
    const places = placesOf(parseAst(code), 'ImportExpression').sort((a, b) => a - b);
    const parts = places.map((place, index) => code.slice(index === 0 ? 0 : places[index - 1] + 'import'.length, place));
    return places.length === 0 ? null : [...parts, code.slice(places.at(-1) + 'import'.length)].join('importModule');
  },
};

/** Where nodes of a type begin. */
function placesOf(node, type) {
  if (node === null || typeof node !== 'object') return [];
  const inside = Object.values(node).flatMap((child) => placesOf(child, type));
  return node.type === type ? [node.start, ...inside] : inside;
}

rmSync(join(dist, 'bundle'), { recursive: true, force: true });
const bundle = await rolldown({
  input: Object.fromEntries(programs.map((program) => [program, entryOf(program)])),
  platform: 'node',
  external,
  plugins: [ownPlace, loadersImport],
  onLog(level, log) {
    // Nest looks for packages that are not installed here, and does without them.
    if (level === 'warn' && log.code !== 'UNRESOLVED_IMPORT') console.warn(log.message);
  },
});
const directory = join(dist, 'bundle');
// CommonJS, since Node 20 can keep what it compiled of scripts and not of modules.
const { output } = await bundle.write({
  dir: directory,
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name]-[hash].cjs',
  keepNames: true,
  strictExecutionOrder: true,
});
const hash = createHash('sha256');
for (const { fileName, code } of output) hash.update(`${fileName}\n${code}`);
writeFileSync(join(directory, 'build-id'), hash.digest('hex'));
copyFileSync(join(root, 'scripts/bundle-loader.mjs'), join(directory, 'loader.mjs'));
for (const program of programs) writeFileSync(entryOf(program), bundledEntry(program));
