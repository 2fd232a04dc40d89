// `npm run migration:new -- <what-changes>`: writes migrations/<timestamp>-<what-changes>.ts and lists it in migrations/index.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib.mjs';

const what = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(what)) {
  console.error('Say what changes, in kebab-case: npm run migration:new -- add-app-icons');
  process.exit(1);
}
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const name = `${what.replace(/(^|-)([a-z0-9])/g, (_, _dash, letter) => letter.toUpperCase())}${stamp}`;
const file = `${stamp}-${what}`;
writeFileSync(
  join(root, `migrations/${file}.ts`),
  `import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What it is for, in a sentence. */
export class ${name} implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('');
  }
}
`,
  { flag: 'wx' },
);
const index = join(root, 'migrations/index.ts');
const listed = readFileSync(index, 'utf8')
  .replace(/\n\n\/\*\*/, `\nimport { ${name} } from './${file}.js';\n\n/**`)
  .replace(/,?\s*\];/, `,\n  ${name},\n];`);
writeFileSync(index, listed);
console.log(`migrations/${file}.ts\nWrite up and down in SQL and the entity to match, then: npm run migration:check`);
