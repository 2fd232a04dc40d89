// Lints the Dockerfile and the compose files; no Docker engine is needed.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bin, root, run } from './lib.mjs';

const composeFiles = readdirSync(join(root, 'docker')).filter((name) => name.startsWith('compose'));
const codes = [
  await run(bin('dockerfilelint'), ['Dockerfile'], { quiet: true }),
  await run(bin('dclint'), ['-c', 'docker/.dclintrc.json', ...composeFiles.map((name) => `docker/${name}`)]),
];
process.exit(Math.max(...codes));
