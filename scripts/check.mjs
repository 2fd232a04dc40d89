// `npm run check`: what CI runs after the installation: the tests of the README, then every static check.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, build, root, run } from './lib.mjs';

const report = join(root, 'dist/test-report.json');
const node = process.execPath;
const steps = [
  ['tests', 'npm', ['test']],
  ['lint and borders', bin('eslint'), ['.', '--max-warnings', '0']],
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['types', bin('tsc'), ['-p', 'tsconfig.json']],
  ['migrations', node, ['scripts/migration-check.mjs']],
  ['OpenAPI drift', node, ['scripts/openapi.mjs', '--check']],
  ['configuration reference', node, ['scripts/config-docs.mjs', '--check']],
  ['planted faults', node, ['scripts/planted-faults.mjs']],
  // Tried once more like the tests: what is lost is lost twice.
  ['chaos', node, ['bench/chaos.mjs', '--rounds', '10', '--fault-seconds', '8'], 2],
  ['Dockerfile and compose', node, ['scripts/docker-lint.mjs']],
  ['Node of the image', node, ['scripts/docker-node.mjs'], 2],
];

await build();
const failed = [];
for (const [label, command, args, tries = 1] of steps) {
  const since = Date.now();
  console.log(`\n== ${label}`);
  let code = 1;
  for (let attempt = 0; attempt < tries && code !== 0; attempt += 1) code = await run(command, args, { env: { TEST_REPORT: report } });
  console.log(`== ${label}: ${code === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - since) / 1000).toFixed(0)} s`);
  if (code !== 0) failed.push(label);
}
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}`);
if (existsSync(report)) {
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
}
process.exit(failed.length === 0 ? 0 : 1);
