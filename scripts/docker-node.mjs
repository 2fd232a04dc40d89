// Runs what depends on the version of Node (sandbox, loader of the bundle, the built program) on the one that the image has: CI has another.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, root, run } from './lib.mjs';

const SUITES = [
  ['unit', 'libs/engines/sandbox', 'scripts/bundle-loader.spec.ts'],
  ['e2e', 'test/e2e/first-contact.spec.ts', 'test/e2e/command-line.spec.ts'],
];

/** Path of that Node, fetched from the npm registry once; null where it can't be. */
async function fetchNode(version) {
  const name = `node-${process.platform}-${process.arch}`;
  const directory = join(root, 'node_modules/.cache/docker-node', version);
  const path = join(directory, 'node_modules', name, 'bin/node');
  if (existsSync(path)) return path;
  mkdirSync(directory, { recursive: true });
  const { code } = await run('npm', ['install', '--prefix', directory, '--no-save', '--no-audit', '--no-fund', `${name}@${version}`], {
    capture: true,
  });
  return code === 0 && existsSync(path) ? path : null;
}

const version = /^FROM node:(\d+\.\d+\.\d+)/m.exec(readFileSync(join(root, 'Dockerfile'), 'utf8'))?.[1];
if (version === undefined) throw new Error('The Dockerfile names no whole version of Node.');
const node = `v${version}` === process.version ? null : await fetchNode(version);
if (node === null) {
  console.log(`v${version}` === process.version ? 'This is the Node of the image.' : `Skipped: Node ${version} can't be fetched here.`);
  process.exit(0);
}
await build();
for (const [project, ...files] of SUITES) {
  console.log(`Node ${version}: ${project} ${files.join(' ')}`);
  const code = await run(node, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', project, ...files]);
  if (code !== 0) process.exit(code);
}
