import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const GENERATED_BYTES = 42;
const FILE_NAME = 'secret-key';

/** Thrown at start: the file with the generated secret can't be used. */
export class SecretKeyFileError extends Error {
  constructor(path: string, reason: string, cause?: unknown) {
    super(
      `The secret of this installation in ${path} ${reason}. Restore the file, or set SECRET_KEY; with another key, signed-in people and API keys stop working.`,
      { cause },
    );
    this.name = 'SecretKeyFileError';
  }
}

/** The secret in `DATA_DIR/secrets`; made at the first start, for the owner of the process only. Two processes that start at once get the same one. */
export function loadSecretKey(dataDir: string): string {
  const directory = resolve(dataDir, 'secrets');
  const path = join(directory, FILE_NAME);
  const existing = readIfThere(path);
  if (existing !== null) return existing;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const half = join(directory, `.${randomUUID()}.part`);
  writeFileSync(half, `${randomBytes(GENERATED_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    // A link fails when the name is taken, so the first of two processes wins and both read its key.
    linkSync(half, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw new SecretKeyFileError(path, "can't be written", error);
  } finally {
    rmSync(half, { force: true });
  }
  return readIfThere(path) as string;
}

function readIfThere(path: string): string | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new SecretKeyFileError(path, "can't be read", error);
  }
  if (text === '') throw new SecretKeyFileError(path, 'is empty');
  return text;
}
