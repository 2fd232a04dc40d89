import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file as it is sent. */
export interface DocsFile {
  type: string;
  bytes: Buffer;
}

const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};
const DOCUMENT = /^[a-z]+\.json$/;

/** The committed API documents and the browser's parts, from the disk. No path of a caller is ever joined: names are looked up. */
export class DocsFiles {
  private readonly documentsDir = join(rootDir(), 'docs/openapi');
  private readonly assetsDir = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

  /** Names of the documents, such as `service.json`. */
  async documentNames(): Promise<string[]> {
    const names = await readdir(this.documentsDir).catch(() => []);
    return names.filter((name) => DOCUMENT.test(name)).sort();
  }

  /** A committed document, or null. */
  async document(name: string): Promise<DocsFile | null> {
    const names = await this.documentNames();
    return names.includes(name) ? { type: 'application/json', bytes: await readFile(join(this.documentsDir, name)) } : null;
  }

  /** A part of the browser, or null. */
  async asset(name: string): Promise<DocsFile | null> {
    const type = Object.hasOwn(ASSETS, name) ? ASSETS[name] : undefined;
    return type === undefined ? null : { type, bytes: await readFile(join(this.assetsDir, name)) };
  }
}

/** Where package.json lies: sources and build output are differently deep below it. */
function rootDir(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'package.json')) && dirname(dir) !== dir) dir = dirname(dir);
  return dir;
}
