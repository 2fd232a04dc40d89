// Lets Node run the TypeScript sources without a build: `node --conditions=baya-source --import ./scripts/typescript/register.mjs file.ts`.
// For tests and scripts that start processes of ours; production runs what `nest build` made.
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
