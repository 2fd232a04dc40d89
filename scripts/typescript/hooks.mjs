// Loader hooks: `./x.js` beside an `x.ts` means the source, which SWC turns into JavaScript with the settings of .swcrc.
// Results are kept in node_modules/.cache, so that a second start compiles nothing.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const settingsText = await readFile(new URL('../../.swcrc', import.meta.url), 'utf8');
const cache = fileURLToPath(new URL('../../node_modules/.cache/baya-typescript/', import.meta.url));
await mkdir(cache, { recursive: true });

export async function resolve(specifier, context, next) {
  if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.startsWith('file:')) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(source)) return { url: source.href, shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  return { format: 'module', source: await compile(filename, await readFile(filename, 'utf8')), shortCircuit: true };
}

async function compile(filename, source) {
  const kept = `${cache}${createHash('sha1').update(settingsText).update(filename).update(source).digest('hex')}.mjs`;
  const known = await readFile(kept, 'utf8').catch(() => null);
  if (known !== null) return known;
  const { transform } = await import('@swc/core');
  const { code } = await transform(source, {
    ...JSON.parse(settingsText),
    module: { type: 'es6' },
    sourceMaps: 'inline',
    filename,
    swcrc: false,
  });
  await writeFile(`${kept}.${process.pid}`, code);
  await rename(`${kept}.${process.pid}`, kept);
  return code;
}
