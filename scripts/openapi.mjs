// Writes docs/openapi/<audience>.json from controllers, DTOs and their comments; `--check` compares and fails on drift.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './lib.mjs';
import { metadataFile, writeMetadata } from './openapi-metadata.mjs';

const isCheck = process.argv.includes('--check');
const outDir = join(root, 'docs/openapi');

/** Documents of the API, by audience; exits with what is wrong. */
async function generate() {
  writeMetadata();
  try {
    const code = await run(process.execPath, [join(root, 'node_modules/@nestjs/cli/bin/nest.js'), 'build', 'api'], { quiet: true });
    if (code !== 0) throw new Error('The build failed; its output is above.');
    const { ApiModule } = await import('../dist/apps/api/src/api.module.js');
    const { loadConfig } = await import('../dist/libs/platform/config/src/index.js');
    const { buildDocuments } = await import('../dist/libs/platform/openapi/src/generate/build-documents.js');
    const { default: metadata } = await import('../dist/apps/api/src/openapi.metadata.js');
    const { documents, problems } = await buildDocuments(ApiModule.forRoot(loadConfig({})), metadata);
    return { documents, problems };
  } finally {
    // Generated sources are neither linted nor built into what is shipped.
    rmSync(metadataFile, { force: true });
    rmSync(join(root, 'dist/apps/api/src/openapi.metadata.js'), { force: true });
    rmSync(join(root, 'dist/apps/api/src/openapi.metadata.js.map'), { force: true });
  }
}

/** What a committed document says, or nothing. */
function committed(name) {
  try {
    return readFileSync(join(outDir, name), 'utf8');
  } catch {
    return '';
  }
}

const { documents, problems } = await generate().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
mkdirSync(outDir, { recursive: true });
const texts = new Map([...documents].map(([audience, document]) => [`${audience}.json`, `${JSON.stringify(document, null, 2)}\n`]));
const stale = readdirSync(outDir).filter((name) => name.endsWith('.json') && !texts.has(name));
const changed = [...texts.keys()].filter((name) => committed(name) !== texts.get(name));
if (isCheck) {
  for (const name of [...changed, ...stale])
    console.error(`docs/openapi/${name} is not what the controllers say: run "npm run openapi" and commit it.`);
} else {
  for (const name of changed) writeFileSync(join(outDir, name), texts.get(name));
  for (const name of stale) rmSync(join(outDir, name));
  for (const [audience, { paths, components }] of documents)
    console.log(`docs/openapi/${audience}.json: ${Object.keys(paths).length} paths, ${Object.keys(components.schemas).length} schemas`);
}
if (problems.length > 0)
  console.error(`The API documents are not as they should be:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
// Modules of the application may keep timers; nothing here waits for them.
process.exit(problems.length > 0 || (isCheck && changed.length + stale.length > 0) ? 1 : 0);
