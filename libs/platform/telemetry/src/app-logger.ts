import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Level, type Logger as PinoLogger, pino } from 'pino';
import type { LogLevel } from '#platform/config';
import { errorFacts } from './error-facts.js';
import { PrettyStream } from './pretty-stream.js';
import { maskLine, REDACTED, redactedPaths } from './redaction.js';
import { requestContext } from './request-context.js';

/** Fields of a log line. Ids and small values; never prompts, answers or credentials above debug. */
export type LogFields = Readonly<Record<string, unknown>>;

/** How a logger is made. */
export interface AppLoggerOptions {
  level: LogLevel;
  /** Lines for eyes instead of JSON. Default: when the output is a terminal. */
  pretty?: boolean;
  /** Where lines go. Default: standard output. */
  destination?: DestinationStream;
}

/**
 * The one logger: structured, one line a fact; the message is a constant text, the rest are fields. Request, workspace, run and
 * job come from the asynchronous context. Is Nest's logger, too.
 */
export class AppLogger implements LoggerService {
  private constructor(
    private readonly pino: PinoLogger,
    private readonly scope?: string,
  ) {}

  /** Makes the logger of a process. */
  static create(options: AppLoggerOptions): AppLogger {
    const pretty = options.pretty ?? (options.destination === undefined && process.stdout.isTTY);
    const destination = pretty
      ? new PrettyStream(options.destination ?? process.stdout)
      : (options.destination ?? pino.destination({ sync: true }));
    return new AppLogger(
      pino(
        {
          level: options.level,
          base: undefined,
          timestamp: pino.stdTimeFunctions.isoTime,
          formatters: { level: (label) => ({ level: label }) },
          mixin: () => ({ ...requestContext.get() }),
          redact: { paths: [...redactedPaths], censor: REDACTED },
          serializers: { error: errorFacts, err: errorFacts },
          hooks: { streamWrite: maskLine },
        },
        destination,
      ),
    );
  }

  /** The same logger with `scope` in every line; scope is the feature's name. */
  scoped(scope: string): AppLogger {
    return new AppLogger(this.pino, scope);
  }

  /** Whether lines of a level are written, for what is costly to prepare. */
  isEnabled(level: Level): boolean {
    return this.pino.isLevelEnabled(level);
  }

  /** Lifecycle. */
  info(message: string, fields?: LogFields): void {
    this.write('info', message, fields);
  }

  /** Info, under Nest's name; a text after the message is Nest's context. */
  log(message: unknown, ...rest: unknown[]): void {
    this.writeNest('info', message, rest);
  }

  /** Retried or degraded. */
  warn(message: unknown, ...rest: unknown[]): void {
    this.writeNest('warn', message, rest);
  }

  /** Someone must act. `fields.error` takes the error with its causes. */
  error(message: unknown, ...rest: unknown[]): void {
    this.writeNest('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.writeNest('fatal', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.writeNest('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.writeNest('trace', message, rest);
  }

  private write(level: Level, message: string, fields: LogFields | undefined, scope = this.scope): void {
    this.pino[level](scope === undefined ? { ...fields } : { scope, ...fields }, message);
  }

  /** Nest calls with `(message, ...more, context)` and errors with `(message, stack, context)`; we call with `(message, fields)` or `({ msg, ...fields })`. */
  private writeNest(level: Level, message: unknown, rest: unknown[]): void {
    if (!this.pino.isLevelEnabled(level)) return;
    const last = rest.at(-1);
    const scope = typeof last === 'string' && (rest.length > 1 || !last.includes('\n')) ? last : this.scope;
    const extra = rest.slice(0, scope === last && rest.length > 0 ? -1 : undefined);
    const fields: Record<string, unknown> = {};
    for (const item of extra) {
      if (item instanceof Error) fields.error = item;
      else if (typeof item === 'string') fields.stack = item;
      else if (typeof item === 'object' && item !== null) Object.assign(fields, item);
    }
    if (message instanceof Error) this.write(level, message.message, { error: message, ...fields }, scope);
    else if (typeof message === 'object' && message !== null) {
      const { msg, ...facts } = message as { msg?: unknown };
      this.write(level, typeof msg === 'string' ? msg : '', { ...facts, ...fields }, scope);
    } else this.write(level, String(message), fields, scope);
  }
}
