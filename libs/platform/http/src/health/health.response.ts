import { COMPATIBLE_VERSION } from '../product.js';
import type { ProbeResult } from './readiness-probes.js';

/** The process is alive (contract service-and-web-api 1). */
export class HealthResponse {
  /**
   * Id of the process.
   * @example 4711
   */
  pid: number;
  /**
   * Always `ok`.
   * @example ok
   */
  status: string;
  /**
   * Dify version whose APIs are spoken.
   * @example 1.13.2
   */
  version: string;

  static now(): HealthResponse {
    return Object.assign(new HealthResponse(), { pid: process.pid, status: 'ok', version: COMPATIBLE_VERSION });
  }
}

/** One thing the process depends on. */
export class DependencyResponse {
  /**
   * Name of the dependency.
   * @example database
   */
  name: string;
  /**
   * `ok` or `unavailable`.
   * @example ok
   */
  status: string;
  /** Whether the process is unready without it; others are told for information. */
  required: boolean;
  /**
   * Time until it answered, in milliseconds.
   * @example 2
   */
  ms: number;
}

/** Whether the process can do its work. */
export class ReadyResponse {
  /**
   * `ok`, or `unavailable` when a required dependency is.
   * @example ok
   */
  status: string;
  /** Each thing the process depends on. */
  dependencies: DependencyResponse[];

  static from(results: readonly ProbeResult[]): ReadyResponse {
    const word = (ok: boolean): string => (ok ? 'ok' : 'unavailable');
    return Object.assign(new ReadyResponse(), {
      status: word(results.every(({ ok, isRequired }) => ok || !isRequired)),
      dependencies: results.map(({ name, ok, isRequired, ms }) =>
        Object.assign(new DependencyResponse(), { name, status: word(ok), required: isRequired, ms }),
      ),
    });
  }
}
