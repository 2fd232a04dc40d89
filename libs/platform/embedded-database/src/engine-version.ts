import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Versions of the engine and its extensions: a cluster of one can't be taken for a cluster of another. */
export function engineVersion(): string {
  const { dependencies } = createRequire(import.meta.url)(join(packageRoot(), 'package.json')) as { dependencies: Record<string, string> };
  return `${dependencies['@electric-sql/pglite'] ?? ''}+${dependencies['@electric-sql/pglite-pgvector'] ?? ''}`;
}

/** The folder of package.json, from the sources as well as from `dist`. */
export function packageRoot(): string {
  const root = import.meta.dirname.split(/[\\/](?:dist[\\/])?libs[\\/]platform[\\/]embedded-database/)[0];
  return root ?? process.cwd();
}
