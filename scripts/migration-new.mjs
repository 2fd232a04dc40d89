// `npm run migration:new -- add-x-to-y`: makes the file of a migration and lists it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib.mjs';

const what = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(what)) {
  console.error('Say what changes, in kebab case: npm run migration:new -- add-colour-to-apps');
  process.exit(2);
}
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const name = what.replace(/(^|-)([a-z])/g, (_, dash, letter) => letter.toUpperCase()) + stamp;
const file = join(root, 'migrations', `${stamp}-${what}.ts`);
if (existsSync(file)) process.exit(1);
writeFileSync(
  file,
  `import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What changes and why. */
export class ${name} implements MigrationInterface {
  readonly name = '${name}';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('');
  }
}
`,
);
const index = join(root, 'migrations/index.ts');
const text = readFileSync(index, 'utf8');
const listed = text
  .replace(/\n\n\/\*\*/, `\nimport { ${name} } from './${stamp}-${what}.js';\n\n/**`)
  .replace(/,?\s*\];/, `, ${name}];`);
writeFileSync(index, listed);
console.log(`migrations/${stamp}-${what}.ts; listed in migrations/index.ts. Write up and down, then npm run migration:check.`);
