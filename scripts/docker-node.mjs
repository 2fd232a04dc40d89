// Runs what depends on the version of Node (sandbox, loader of the bundle, the built program) on the one that the image has: CI has another.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, root, run } from './lib.mjs';

const SUITES = [
  ['unit', 'libs/engines/sandbox', 'scripts/bundle-loader.spec.ts'],
  ['e2e', 'test/e2e/first-contact.spec.ts', 'test/e2e/command-line.spec.ts'],
];

const version = /^FROM node:(\d+\.\d+\.\d+)/m.exec(readFileSync(join(root, 'Dockerfile'), 'utf8'))?.[1];
if (version === undefined) throw new Error('The Dockerfile names no whole version of Node.');
if (`v${version}` === process.version) leave('This is the Node of the image.');

function leave(word) {
  console.log(word);
  process.exit(0);
}

/** Path of that Node, fetched from the npm registry once. Leaves, with what npm said, where it can't be. */
async function fetchNode() {
  const name = `node-${process.platform}-${process.arch}`;
  const directory = join(root, 'node_modules/.cache/docker-node', version);
  const path = join(directory, 'node_modules', name, 'bin/node');
  if (existsSync(path)) return path;
  mkdirSync(directory, { recursive: true });
  // A project of its own, not --prefix: with that npm would not read the machine's settings, certificates and registry among them.
  writeFileSync(join(directory, 'package.json'), '{ "private": true }\n');
  const fetched = await run('npm', ['install', '--no-save', '--no-audit', '--no-fund', `${name}@${version}`], {
    capture: true,
    cwd: directory,
  });
  if (fetched.code !== 0 || !existsSync(path)) leave(`Skipped: Node ${version} can't be fetched here.\n${fetched.output.trim()}`);
  return path;
}

const node = await fetchNode();
await build();
for (const [project, ...files] of SUITES) {
  console.log(`Node ${version}: ${project} ${files.join(' ')}`);
  const code = await run(node, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', project, ...files]);
  if (code !== 0) process.exit(code);
}
