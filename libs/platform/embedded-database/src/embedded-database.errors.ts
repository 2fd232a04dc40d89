import { OperationalError } from '#common';

/** Another live process uses the same data directory. */
export class DirectoryInUseError extends OperationalError {
  constructor(directory: string, pid: number) {
    super({
      code: 'data_directory_in_use',
      status: 503,
      message: `The data directory ${directory} is in use by process ${String(pid)}. Stop that process, set another DATA_DIR, or set DATABASE_URL to share a PostgreSQL.`,
    });
  }
}

/** The embedded database could not be started. */
export class EmbeddedDatabaseError extends OperationalError {
  constructor(message: string, cause?: unknown) {
    super({ code: 'embedded_database_failed', status: 503, message, cause });
  }
}
