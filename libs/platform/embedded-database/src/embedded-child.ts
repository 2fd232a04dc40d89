/**
 * Program of the child process that holds the embedded database and serves it on a socket. It imports no other library of ours,
 * so that it starts fast. It ends, and closes the database cleanly, when the channel to its parent closes: also after
 * `kill -9` of the parent nothing is left behind.
 */
import { rmSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import type { ChildMessage, ChildOptions } from './child-messages.js';
import { copyDirectory } from './copy-directory.js';

/** First letters of the messages of a query that is not over yet: parse, bind, describe, execute, close, flush. */
const STEPS_BEFORE_SYNC = 'PBDECH';

/**
 * PostgreSQL's own default is 128 MB, and the engine touches all of it at its start. The system's file cache holds what does not fit in
 * here, so a small share costs little and saves every start its time and 100 MB.
 */
const START_PARAMS = [...PGlite.defaultStartParams, '-c', 'shared_buffers=32MB'];

const options = JSON.parse(process.argv[2] ?? '{}') as ChildOptions;
let stop: () => Promise<void> = async () => undefined;
let isStopping = false;

function report(message: ChildMessage): void {
  if (process.connected) process.send?.(message);
}

function shutDown(exitCode: number): void {
  if (isStopping) return;
  isStopping = true;
  stop().then(
    () => process.exit(exitCode),
    () => process.exit(1),
  );
}

process.on('disconnect', () => shutDown(0));
// The terminal sends these to the whole group; the parent decides when the database ends.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('SIGHUP', () => undefined);
process.stderr.on('error', () => undefined);

try {
  if (options.copyFrom !== undefined) await copyDirectory(options.copyFrom, options.directory);
  const db = await PGlite.create({
    dataDir: options.directory,
    extensions: { vector, pg_trgm, uuid_ossp },
    startParams: START_PARAMS,
  });
  endWhenBroken(db);
  keepQueriesWhole(db);
  await db.exec(
    'create extension if not exists vector; create extension if not exists pg_trgm; create extension if not exists "uuid-ossp"',
  );
  if (options.socketPath !== undefined) rmSync(options.socketPath, { force: true });
  const address = options.socketPath === undefined ? { host: '127.0.0.1', port: options.port ?? 0 } : { path: options.socketPath };
  const server = new PGLiteSocketServer({ db, maxConnections: options.maxConnections, ...address });
  stop = async () => {
    await server.stop();
    await db.close();
  };
  await server.start();
  report({ type: 'ready', port: Number(server.getServerConn().split(':').at(-1)) || 0 });
  if (!process.connected) shutDown(0);
} catch (error) {
  report({ type: 'failed', message: (error as Error).message });
  shutDown(1);
}

/** The socket server stops serving for good when the engine under it throws: better to end and be started again. */
function endWhenBroken(db: PGlite): void {
  const send = db.execProtocolRawStream.bind(db);
  db.execProtocolRawStream = async (...args) => {
    try {
      await send(...args);
      return;
    } catch (error) {
      report({ type: 'failed', message: `The engine of the embedded database failed: ${(error as Error).message}` });
      process.exit(1);
    }
  };
}

/**
 * The socket server takes messages of all connections in the order in which they came, one by one, unless a transaction is open: then it
 * stays with its connection. The steps of one query up to its sync must stay together as well. They share the one unnamed statement and
 * portal of the session, and another connection's step in between would give callers each other's rows.
 */
function keepQueriesWhole(db: PGlite): void {
  const isInTransaction = db.isInTransaction.bind(db);
  const send = db.execProtocolRawStream.bind(db);
  let isQueryOpen = false;
  db.isInTransaction = () => isQueryOpen || isInTransaction();
  db.execProtocolRawStream = async (message, ...rest) => {
    isQueryOpen = STEPS_BEFORE_SYNC.includes(String.fromCharCode(message[0] ?? 0));
    await send(message, ...rest);
  };
}
