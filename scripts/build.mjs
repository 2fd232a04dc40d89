// `npm run build`: compiles everything and prepares the embedded database, whatever is there already.
import { build } from './lib.mjs';

await build({ force: true });
