import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { DirectoryInUseError } from './embedded-database.errors.js';
import { identifyProcess, isSameProcessAlive, type ProcessIdentity } from './process-identity.js';

const ATTEMPTS = 5;

/**
 * A file that says which process uses a data directory. The embedded database itself has no such lock: two processes
 * would both open the directory and ruin it.
 */
export class DirectoryLock {
  private constructor(private readonly path: string) {}

  /** Takes the lock or throws {@link DirectoryInUseError}. The lock of a process that no longer lives is taken over. */
  static acquire(path: string, directory: string): DirectoryLock {
    const me = JSON.stringify(identifyProcess(process.pid));
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (createExclusively(path, me)) return new DirectoryLock(path);
      const text = readOrNull(path);
      const holder = text === null ? null : parse(text);
      if (holder && isSameProcessAlive(holder)) throw new DirectoryInUseError(directory, holder.pid);
      if (text !== null) removeStale(path, text);
    }
    throw new DirectoryInUseError(directory, parse(readOrNull(path) ?? '')?.pid ?? 0);
  }

  /** Gives the directory free. */
  release(): void {
    rmSync(this.path, { force: true });
  }
}

function createExclusively(path: string, content: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, content);
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves the file away first: of two processes that saw the same stale lock one moves it, and a fresh lock that slipped in is put back. */
function removeStale(path: string, expected: string): void {
  const aside = `${path}.stale-${String(process.pid)}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readOrNull(aside) !== expected) {
    try {
      linkSync(aside, path);
    } catch {
      // A third process holds a newer lock by now; the next attempt reads that one.
    }
  }
  rmSync(aside, { force: true });
}

/** An empty or torn file is a lock whose writer died between create and write. */
function parse(text: string): ProcessIdentity | null {
  try {
    const value = JSON.parse(text) as ProcessIdentity | null;
    return value !== null && Number.isInteger(value.pid) ? value : null;
  } catch {
    return null;
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
