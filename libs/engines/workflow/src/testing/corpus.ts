import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of DSL files that people published; beside the repository, and absent in most places. */
const FOLDER = join(import.meta.dirname, '../../../../../../shared/corpus/dsl');

/** Whether the files are there; tests that read them are skipped where not, and `npm test` says so. */
export const hasCorpus = existsSync(FOLDER);

/** The files by name, in order. */
export function corpusFiles(): { name: string; text: string }[] {
  if (!hasCorpus) return [];
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yml'))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }));
}
