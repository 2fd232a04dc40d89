import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Tells how many of its chunks were read as they were compiled earlier; V8 says so to nobody else than who made the script. */
const WATCH = `
const vm = require('node:vm');
let kept = 0;
class Watched extends vm.Script {
  constructor(code, options) {
    super(code, options);
    if (this.cachedDataRejected === false) kept += 1;
  }
}
Object.defineProperty(vm, 'Script', { value: Watched });
require('node:module').syncBuiltinESMExports();
process.on('exit', () => process.stderr.write('kept ' + kept));
`;

describe('the loader of the bundle', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'baya-bundle-'));
    copyFileSync(fileURLToPath(new URL('bundle-loader.mjs', import.meta.url)), join(directory, 'loader.mjs'));
    writeFileSync(join(directory, 'watch.cjs'), WATCH);
    writeFileSync(join(directory, 'main.mjs'), "import { start } from './loader.mjs';\nstart('program');\n");
    build('1', 'one');
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  /** Two chunks that need each other, a built-in module, and one that is loaded when it is asked for. */
  function build(id: string, word: string): void {
    writeFileSync(join(directory, 'build-id'), id);
    writeFileSync(
      join(directory, 'program.cjs'),
      `const { shared } = require('./shared.cjs');
       exports.word = '${word}';
       (async () => {
         const { default: path } = await importModule('node:path');
         const { later } = await Promise.resolve().then(() => require('./later.cjs'));
         console.log([shared(), later, path.basename(__filename), (function () { return this === undefined; })()].join(' '));
       })();`,
    );
    writeFileSync(join(directory, 'shared.cjs'), "const program = require('./program.cjs');\nexports.shared = () => program.word;\n");
    writeFileSync(join(directory, 'later.cjs'), "exports.later = require('node:path').join('a', 'b');\n");
  }

  const run = (...flags: string[]): string =>
    execFileSync(
      'sh',
      ['-c', '"$@" 2>&1', 'sh', process.execPath, ...flags, '-r', join(directory, 'watch.cjs'), join(directory, 'main.mjs')],
      {
        encoding: 'utf8',
      },
    );

  it('should run a program of several chunks in strict mode', () => {
    expect(run()).toContain('one a/b program.cjs true');
  });

  it('should read what an earlier process compiled', () => {
    expect(run()).toContain('kept 0');

    expect(run()).toContain('one a/b program.cjs true\nkept 3');
  });

  it('should keep apart what was compiled under other flags', () => {
    run();

    expect(run('--no-opt')).toContain('kept 0');
    expect(run('--no-opt')).toContain('kept 3');
    expect(run()).toContain('kept 3');
  });

  it('should not mind a debugger', () => {
    run();

    expect(run('--inspect=127.0.0.1:0')).toContain('kept 3');
  });

  it('should keep apart what another program compiled, which calls other parts of the same chunk', () => {
    run();
    writeFileSync(join(directory, 'main.mjs'), "import { start } from './loader.mjs';\nstart('second');\n");
    writeFileSync(join(directory, 'second.cjs'), "require('./later.cjs');\n");

    expect(run()).toContain('kept 0');
    expect(run()).toContain('kept 2');
  });

  it('should not take a chunk for loaded that failed', () => {
    writeFileSync(
      join(directory, 'later.cjs'),
      "exports.early = 1;\nif (globalThis.isMended !== true) throw new Error('too early');\nexports.late = 2;\n",
    );
    writeFileSync(
      join(directory, 'program.cjs'),
      `const attempt = () => { try { return require('./later.cjs').late; } catch (error) { return error.message; } };
       const seen = [attempt(), attempt()];
       globalThis.isMended = true;
       console.log([...seen, attempt()].join(', '));`,
    );

    expect(run()).toContain('too early, too early, 2');
  });

  it('should not read what was compiled of an earlier build, even where the text has the same length', () => {
    run();
    build('2', 'two');

    expect(run()).toContain('two a/b program.cjs true\nkept 0');
  });

  it('should compile again what can not be read', () => {
    run();
    const [kept = ''] = readdirSync(join(directory, 'compiled'));
    const path = join(directory, 'compiled', kept, 'shared.cjs');
    const content = readFileSync(path);
    for (let place = 100; place < content.length; place += 1) content[place] = ~(content[place] ?? 0);
    writeFileSync(path, content);

    expect(run()).toContain('one a/b program.cjs true\nkept 2');
    expect(run()).toContain('kept 3');
  });

  it('should leave no halves behind where a file can not be put into its place', () => {
    run();
    const [kept = ''] = readdirSync(join(directory, 'compiled'));
    const path = join(directory, 'compiled', kept, 'shared.cjs');
    rmSync(path);
    mkdirSync(path);

    expect(run()).toContain('kept 2');
    expect(readdirSync(join(directory, 'compiled', kept)).sort()).toEqual(['later.cjs', 'program.cjs', 'shared.cjs']);
  });

  it('should run where nothing can be written', () => {
    writeFileSync(join(directory, 'compiled'), 'in the way');

    expect(run()).toContain('one a/b program.cjs true\nkept 0');
    expect(run()).toContain('kept 0');
  });
});
