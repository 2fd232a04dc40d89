import { fstatSync, ftruncateSync, readFileSync, writeSync } from 'node:fs';

/** What npm writes before a script runs: a blank line, `> package@version script`, `> command`, a blank line. */
const BANNER = /^\n> [^\n]+\n> [^\n]*cli\.mjs[^\n]*\n\n$/;
/** No banner is longer. Bytes. */
const LONGEST = 4096;

/**
 * Writes a document to standard output. `npm run` writes a banner there first, which makes a redirected picture unreadable: where the output is a file that holds
 * that banner and nothing else, it is replaced. Terminals, pipes, files that were appended to, and systems where the file can't be looked at get the text as it is.
 */
export function writeDocument(text: string, fd: number = process.stdout.fd): void {
  const bytes = Buffer.from(text);
  // Node can't move the place where a file is written to next, so each piece says its own.
  let at = holdsBanner(fd) ? 0 : null;
  if (at === 0) ftruncateSync(fd, 0);
  for (let done = 0; done < bytes.length;) {
    const written = writePiece(fd, bytes, done, at);
    done += written;
    if (at !== null) at += written;
  }
}

/** A pipe whose reader is slow takes no more for a moment. */
function writePiece(fd: number, bytes: Buffer, from: number, at: number | null): number {
  try {
    return writeSync(fd, bytes, from, bytes.length - from, at);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    return 0;
  }
}

function holdsBanner(fd: number): boolean {
  try {
    const facts = fstatSync(fd);
    return facts.isFile() && facts.size > 0 && facts.size <= LONGEST && BANNER.test(readFileSync(`/proc/self/fd/${fd}`, 'utf8'));
  } catch {
    return false;
  }
}
