import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint, Linter } from 'eslint';

const root = join(import.meta.dirname, '../..');
const LIBRARY = 'libs/engines/workflow/src';
/** The rules that hold an engine apart from Nest, the database, the environment and the network. */
const RULES = ['baya/borders', 'no-restricted-properties', 'no-restricted-globals'];

/** Those rules as `npm run lint` has them for a file of the library; the others need types, and have nothing to do with borders. */
async function borderConfig(): Promise<Linter.Config> {
  const { plugins, rules, languageOptions } = (await new ESLint({ cwd: root }).calculateConfigForFile(
    `${LIBRARY}/run/scheduler.ts`,
  )) as Linter.Config;
  const own = Object.fromEntries(RULES.map((name) => [name, rules?.[name]]));
  return { files: ['**/*.ts'], plugins, rules: own, languageOptions: { parser: languageOptions?.parser } };
}

describe('the borders of the workflow engine', async () => {
  const config = await borderConfig();
  const linter = new Linter({ configType: 'flat', cwd: root });
  const faults = (file: string, source: string): string[] =>
    linter.verify(source, [config], { filename: join(root, file) }).map(({ ruleId, severity }) => `${String(ruleId)} ${severity}`);

  it.each([
    ['Nest', "import { Injectable } from '@nestjs/common';\nexport { Injectable };", 'baya/borders'],
    ['TypeORM', "import { DataSource } from 'typeorm';\nexport { DataSource };", 'baya/borders'],
    ['TypeORM, types only', "import type { DataSource } from 'typeorm';\nexport type { DataSource };", 'baya/borders'],
    ['the database driver, late', "export const load = () => import('pg');", 'baya/borders'],
    ['the platform', "export * from '#platform/config';", 'baya/borders'],
    ['a feature', "export { AppService } from '#features/apps';", 'baya/borders'],
    ['a file of another library', "export * from '../../../../platform/config/src/index.js';", 'baya/borders'],
    ['the environment', 'export const limit = process.env.LIMIT;', 'no-restricted-properties'],
    ['the environment by its name as a text', "export const limit = process['env'].LIMIT;", 'no-restricted-properties'],
    ['the environment, taken apart', 'export const { env } = process;', 'no-restricted-properties'],
    ['the environment as a module', "import { env } from 'node:process';\nexport { env };", 'baya/borders'],
    ['the network', "export const page = () => fetch('http://a.test');", 'no-restricted-globals'],
  ])('should be guarded against %s', (_, source, rule) => {
    expect(faults(`${LIBRARY}/nodes/planted/planted.node.ts`, source)).toEqual([`${rule} 2`]);
  });

  it('should hold in every file of the library', () => {
    const files = readdirSync(join(root, LIBRARY), { recursive: true, encoding: 'utf8' }).filter((name) => /(?<!\.spec)\.ts$/.test(name));
    const found = files.flatMap((name) =>
      faults(`${LIBRARY}/${name}`, readFileSync(join(root, LIBRARY, name), 'utf8')).map((fault) => `${name}: ${fault}`),
    );

    expect(files.length).toBeGreaterThan(150);
    expect(found).toEqual([]);
  });
});
