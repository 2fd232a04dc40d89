import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '#common';
import { FileStorage } from '../file-storage.js';
import { readLimited } from '../read-limited.js';
import { checkStorageKey } from '../storage-key.js';
import { InvalidStorageKeyError, StorageUnavailableError, StoredFileMissingError } from '../storage.errors.js';

const PRIVATE_FILE = 0o600;
const PRIVATE_DIRECTORY = 0o700;
const ABSENT = new Set(['ENOENT', 'ENOTDIR']);
const BAD_NAME = new Set(['ENAMETOOLONG', 'ENOTDIR', 'EISDIR', 'EEXIST', 'EINVAL']);

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

/** Files in a directory of this machine (or one that is mounted). */
export class LocalStorage extends FileStorage {
  private readonly root: string;

  constructor(directory: string) {
    super();
    this.root = resolve(directory);
  }

  async put(key: string, data: Uint8Array | Readable): Promise<void> {
    const path = this.pathOf(key);
    const half = join(dirname(path), `.${randomUUID()}.part`);
    try {
      await mkdir(dirname(path), { recursive: true, mode: PRIVATE_DIRECTORY });
      await writeDurably(half, data);
      await rename(half, path);
    } catch (error) {
      await rm(half, { force: true }).catch(() => undefined);
      throw this.failure('write', error);
    }
  }

  async get(key: string): Promise<Readable> {
    const path = this.pathOf(key);
    try {
      const file = await open(path, 'r');
      if ((await file.stat()).isFile()) return file.createReadStream();
      await file.close();
    } catch (error) {
      if (!ABSENT.has(codeOf(error))) throw this.failure('read', error);
    }
    throw new StoredFileMissingError();
  }

  async read(key: string, maxBytes: number): Promise<Uint8Array> {
    return readLimited(await this.get(key), maxBytes);
  }

  async exists(key: string): Promise<boolean> {
    try {
      return (await stat(this.pathOf(key))).isFile();
    } catch (error) {
      if (ABSENT.has(codeOf(error))) return false;
      throw this.failure('read', error);
    }
  }

  async delete(key: string): Promise<void> {
    try {
      await rm(this.pathOf(key), { force: true });
    } catch (error) {
      if (!ABSENT.has(codeOf(error))) throw this.failure('delete', error);
    }
  }

  async check(): Promise<void> {
    try {
      await mkdir(this.root, { recursive: true, mode: PRIVATE_DIRECTORY });
      await access(this.root, constants.R_OK | constants.W_OK);
    } catch (error) {
      throw this.failure('be used', error);
    }
  }

  private pathOf(key: string): string {
    return join(this.root, checkStorageKey(key));
  }

  private failure(what: string, error: unknown): Error {
    if (error instanceof AppError) return error;
    if (BAD_NAME.has(codeOf(error))) return new InvalidStorageKeyError('another file is in its way', error);
    // An error of the caller's own stream has no system call of ours behind it.
    return (error as NodeJS.ErrnoException).syscall === undefined ? (error as Error) : new StorageUnavailableError(what, error);
  }
}

/** Writes a new file and returns when the bytes are on the disk, not in its cache. */
async function writeDurably(path: string, data: Uint8Array | Readable): Promise<void> {
  const file = await open(path, 'wx', PRIVATE_FILE);
  try {
    await writeFile(file, data);
    await file.sync();
  } finally {
    await file.close();
  }
}
