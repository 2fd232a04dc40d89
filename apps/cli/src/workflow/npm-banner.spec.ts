import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDocument } from './npm-banner.js';

const BANNER = '\n> baya@0.1.0 cli\n> node scripts/cli.mjs workflow draw app.yml\n\n';

describe('writeDocument', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baya-banner-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What a file holds after a document was written to it, as a shell's redirection opens it. */
  function after(before: string, flags: string): string {
    const path = join(folder, 'out');
    const fd = openSync(path, flags);
    writeSync(fd, before);
    writeDocument(`<svg>${'é'.repeat(100)}</svg>\n`, fd);
    closeSync(fd);
    const text = readFileSync(path, 'utf8');
    rmSync(path);
    return text;
  }
  const document = `<svg>${'é'.repeat(100)}</svg>\n`;

  it.runIf(process.platform === 'linux')('should put a document in the place of the banner of npm', () => {
    expect(after(BANNER, 'w')).toBe(document);
    expect(after(BANNER, 'a')).toBe(document);
  });

  it.each(['', 'mine\n', `mine${BANNER}`, `${BANNER}mine`])('should leave %j alone', (before) => {
    expect(after(before, 'w')).toBe(before + document);
  });
});
