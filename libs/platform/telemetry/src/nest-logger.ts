import type { LoggerService } from '@nestjs/common';
import type { AppLogger } from './app-logger.js';

/** Where Nest tells of every module and route that it sets up: worth a debug line. */
const SET_UP = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** The logger for Nest itself and for every `Logger` of `@nestjs/common`. */
export function nestLogger(logger: AppLogger): LoggerService {
  return {
    log: (message: unknown, ...rest: unknown[]) => {
      if (SET_UP.has(String(rest.at(-1)))) logger.debug(message, ...rest);
      else logger.log(message, ...rest);
    },
    warn: (message: unknown, ...rest: unknown[]) => logger.warn(message, ...rest),
    error: (message: unknown, ...rest: unknown[]) => logger.error(message, ...rest),
    fatal: (message: unknown, ...rest: unknown[]) => logger.fatal(message, ...rest),
  };
}
