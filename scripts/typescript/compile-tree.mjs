// Compiles the TypeScript files of one directory to JavaScript beside each other, for processes that can't load a compiler themselves.
// The result is kept in node_modules/.cache by the hash of what it was made from.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../node_modules/.cache/baya-typescript/trees/', import.meta.url));

/** The directory, with a slash at its end, that holds what the `.ts` files of `directory` compile to. */
export async function compileTree(directory) {
  const settings = JSON.parse(await readFile(new URL('../../.swcrc', import.meta.url), 'utf8'));
  const names = (await readdir(directory)).filter((name) => name.endsWith('.ts') && !/\.(spec|d)\.ts$/.test(name)).sort();
  const sources = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')));
  const hash = createHash('sha1')
    .update(JSON.stringify([directory, settings, names, sources]))
    .digest('hex');
  const target = join(cache, `${basename(directory)}-${hash}`);
  if (existsSync(target)) return `${target}/`;
  const { transform } = await import('@swc/core');
  const workshop = `${target}.${randomUUID()}`;
  await mkdir(workshop, { recursive: true });
  await writeFile(join(workshop, 'package.json'), '{"type":"module"}');
  for (const [i, name] of names.entries()) {
    const options = { ...settings, module: { type: 'es6' }, sourceMaps: 'inline', filename: join(directory, name), swcrc: false };
    const { code } = await transform(sources[i], options);
    await writeFile(join(workshop, name.replace(/\.ts$/, '.js')), code);
  }
  // Another process may have been faster; both made the same.
  await rename(workshop, target).catch(() => rm(workshop, { recursive: true, force: true }));
  return `${target}/`;
}
