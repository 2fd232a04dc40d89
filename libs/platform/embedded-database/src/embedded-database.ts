import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { EmbeddedDatabaseError } from './embedded-database.errors.js';
import { keepBackup } from './backups.js';
import { type RunningChild, startChild, stopChild } from './child-process.js';
import { DirectoryLock } from './directory-lock.js';
import { identifyProcess, isSameProcessAlive, type ProcessIdentity } from './process-identity.js';

/** The port is part of a Unix socket's file name by the rules of PostgreSQL clients. */
const SOCKET_PORT = 5432;
/** A socket's path has room for 107 bytes on Linux, 103 on macOS. */
const LONGEST_SOCKET_PATH = 100;
/** Pools, health look, migrator, and room for clients of others such as the job queue. */
const MAX_CONNECTIONS = 50;
const ORPHAN_DEADLINE_MS = 10_000;
const LONGEST_RESTART_WAIT_MS = 5000;

/** How to reach the embedded database with `pg`. */
export interface EmbeddedAddress {
  /** Directory of the Unix socket, or the loopback address. */
  host: string;
  /** Part of the socket's name, or the TCP port. */
  port: number;
}

/** Where the embedded database lives and what it starts from. */
export interface EmbeddedOptions {
  /** DATA_DIR: the cluster is its `database` folder, beside lock, socket and backups. */
  dataDir: string;
  /** A migrated, closed cluster to copy on the first start; null: a new one is made in place. */
  prepared: string | null;
}

/** The embedded PostgreSQL: a child process that is started, watched, started again when it dies, and stopped with us. */
export class EmbeddedDatabase {
  private readonly logger = new Logger('database');
  private child: RunningChild | null = null;
  private isClosing = false;

  private constructor(
    private readonly options: EmbeddedOptions,
    private readonly directory: string,
    private readonly lock: DirectoryLock,
    private readonly socketDirectory: string | null,
    /** Stays the same when the child is started again. */
    readonly address: EmbeddedAddress,
    /** What the cluster was made of when this start made it, so that there is nothing to lose yet; undefined when it was there. */
    readonly madeFrom: string | null | undefined,
  ) {}

  /** Locks the data directory and starts the database in it. Throws {@link DirectoryInUseError} or {@link EmbeddedDatabaseError}. */
  static async open(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
    const dataDir = resolve(options.dataDir);
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const lock = DirectoryLock.acquire(join(dataDir, 'database.lock'), dataDir);
    try {
      await waitForOrphan(join(dataDir, 'database.child'));
      const directory = join(dataDir, 'database');
      const isNew = !existsSync(join(directory, 'PG_VERSION'));
      if (isNew) rmSync(directory, { recursive: true, force: true });
      const sockets = process.platform === 'win32' ? null : makeSocketDirectory(dataDir);
      const database = new EmbeddedDatabase(
        { ...options, dataDir },
        directory,
        lock,
        sockets,
        { host: sockets ?? '127.0.0.1', port: sockets ? SOCKET_PORT : 0 },
        isNew ? options.prepared : undefined,
      );
      await database.start(isNew ? options.prepared : null);
      return database;
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Copies the closed cluster into `backups` and opens it again; the last three copies are kept. */
  async backUp(reason: string): Promise<void> {
    await this.stop();
    await keepBackup(this.directory, join(this.options.dataDir, 'backups'), reason);
    await this.start();
  }

  /** Closes the database cleanly and gives the directory free. */
  async close(): Promise<void> {
    if (this.isClosing) return;
    this.isClosing = true;
    await this.stop();
    if (this.socketDirectory !== null) rmSync(this.socketDirectory, { recursive: true, force: true });
    this.lock.release();
  }

  /** Closes the database and removes a cluster that this start made. */
  async discard(): Promise<void> {
    await this.close();
    if (this.madeFrom !== undefined) rmSync(this.directory, { recursive: true, force: true });
  }

  /** Process number of the child, for memory figures and tests; null while there is none. */
  get childPid(): number | null {
    return this.child?.process.pid ?? null;
  }

  private async start(copyFrom: string | null = null): Promise<void> {
    const socketPath = this.socketDirectory === null ? undefined : join(this.socketDirectory, `.s.PGSQL.${String(SOCKET_PORT)}`);
    const child = await startChild(
      {
        directory: this.directory,
        maxConnections: MAX_CONNECTIONS,
        ...(copyFrom === null ? {} : { copyFrom }),
        ...(socketPath === undefined ? { port: this.address.port } : { socketPath }),
      },
      (pid) => this.noteChild(pid),
    );
    if (this.isClosing) return stopChild(child);
    this.child = child;
    if (socketPath === undefined) this.address.port = child.port;
    void child.ended.then((reason) => this.restart(child, reason));
  }

  /** From its first moment on: whoever starts after we were killed during our start has to wait for this child as well. */
  private noteChild(pid: number): void {
    writeFileSync(join(this.options.dataDir, 'database.child'), JSON.stringify(identifyProcess(pid)), { mode: 0o600 });
  }

  private async stop(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (child) await stopChild(child);
    rmSync(join(this.options.dataDir, 'database.child'), { force: true });
  }

  /** The child ended without being told to: everybody gets 503 until a new one serves the same address. */
  private async restart(dead: RunningChild, reason: string): Promise<void> {
    if (this.child !== dead) return;
    this.child = null;
    this.logger.error(`The embedded database ended unexpectedly and is started again: ${reason}`);
    for (let waitMs = 100; !this.isClosing; waitMs = Math.min(waitMs * 2, LONGEST_RESTART_WAIT_MS)) {
      try {
        await this.start();
        this.logger.log('The embedded database is back');
        return;
      } catch (error) {
        this.logger.error(`The embedded database could not be started again: ${(error as Error).message}`);
        await sleep(waitMs);
      }
    }
  }
}

/** The child of a killed process closes the database before it ends; opening the directory under it would ruin it. */
async function waitForOrphan(path: string): Promise<void> {
  const orphan = readIdentity(path);
  if (!orphan) return;
  const deadline = Date.now() + ORPHAN_DEADLINE_MS;
  while (isSameProcessAlive(orphan)) {
    if (Date.now() > deadline) process.kill(orphan.pid, 'SIGKILL');
    if (Date.now() > deadline + 1000)
      throw new EmbeddedDatabaseError(`Process ${String(orphan.pid)} still holds the database and does not end; end it by hand.`);
    await sleep(20);
  }
}

function readIdentity(path: string): ProcessIdentity | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity | null;
  } catch {
    return null;
  }
}

function makeSocketDirectory(dataDir: string): string {
  const preferred = join(dataDir, 'socket');
  if (Buffer.byteLength(join(preferred, `.s.PGSQL.${String(SOCKET_PORT)}`)) > LONGEST_SOCKET_PATH)
    return mkdtempSync(join(tmpdir(), 'baya-'));
  mkdirSync(preferred, { recursive: true, mode: 0o700 });
  chmodSync(preferred, 0o700);
  return preferred;
}
