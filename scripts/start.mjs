// `npm start`: builds what is missing or old, then runs the API in this very process.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, root } from './lib.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Baya needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
if (!existsSync(join(root, 'node_modules/@nestjs/core'))) {
  console.error('The packages are not installed: run "npm ci" first.');
  process.exit(1);
}
const since = Date.now();
process.stdout.write('Baya: checking the build ... ');
try {
  const did = await build();
  console.log(did ? `built in ${((Date.now() - since) / 1000).toFixed(1)} s` : 'up to date');
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
await import('../dist/apps/api/src/main.js');
