// `npm run cli -- COMMAND`: builds what is missing or old, then runs the command line.
import { build } from './lib.mjs';

await build();
await import('../dist/apps/cli/src/main.js');
