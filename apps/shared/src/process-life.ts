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

/** Runs the start of a program; where it fails, says why and ends with 1. A wrong setting is told without a stack. */
export function startOrExit(program: string, start: () => Promise<void>): void {
  start().catch((error: unknown) => {
    const text = error instanceof ConfigError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${program} could not start.\n${text}\n`);
    process.exit(1);
  });
}
