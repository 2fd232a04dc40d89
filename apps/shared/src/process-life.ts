import { AppError } from '#common';
import { ConfigError } from '#platform/config';
import type { AppLogger } from '#platform/telemetry';

/** How a process ends. */
export interface StopOptions {
  logger: AppLogger;
  /** Ends everything in order. */
  stop: () => Promise<void>;
  /** After this time the process ends by force. Unit: milliseconds. */
  deadlineMs: number;
}

/** Ends the process on the first SIGINT or SIGTERM, in order: 0 when `stop` was clean, else 1, and in any case after the deadline. */
export function stopOnSignal({ logger, stop, deadlineMs }: StopOptions): void {
  let isStopping = false;
  const end = (signal: string): void => {
    if (isStopping) return;
    isStopping = true;
    logger.info('stopping', { signal });
    setTimeout(() => {
      logger.error('the stop took too long; ended by force', { deadlineMs });
      process.exit(1);
    }, deadlineMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('the stop was not clean', { error });
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => end('SIGINT'));
  process.on('SIGTERM', () => end('SIGTERM'));
}

/** Runs the start of a program; where it fails, says why and ends with 1. */
export function startOrExit(program: string, start: () => Promise<void>): void {
  start().catch((error: unknown) => {
    process.stderr.write(`${program} could not start.\n${startErrorText(error)}\n`);
    process.exit(1);
  });
}

/** What an operator is told: what he can mend himself without a stack, a bug of ours with one. */
export function startErrorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ConfigError || (error instanceof AppError && error.family !== 'unexpected')) return error.message;
  return listenErrorText(error) ?? error.stack ?? error.message;
}

/** An address that can't be listened on, told with the setting to change; null for other errors. */
function listenErrorText(error: NodeJS.ErrnoException & { address?: string; port?: number }): string | null {
  if (error.syscall !== 'listen' || error.port === undefined) return null;
  const where = `${error.address ?? ''}:${String(error.port)}`;
  if (error.code === 'EADDRINUSE')
    return `Another program listens on ${where}. Stop it, or set PORT (or METRICS_PORT, if that is the one) to a free port.`;
  if (error.code === 'EACCES') return `The system does not let this user listen on ${where}. Set PORT to a number above 1023.`;
  if (error.code === 'EADDRNOTAVAIL')
    return `This machine does not have the address ${where}. Set HOST to one of its own, 127.0.0.1 or 0.0.0.0.`;
  return null;
}
