import { ConfigError } from '#platform/config';
import type { AppLogger } from '#platform/telemetry';

/** Ends the process on the first SIGINT or SIGTERM, in order: 0 when `stop` was clean, else 1. */
export function stopOnSignal(logger: AppLogger, stop: () => Promise<void>): void {
  let isStopping = false;
  const end = (signal: string): void => {
    if (isStopping) return;
    isStopping = true;
    logger.info('stopping', { signal });
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
