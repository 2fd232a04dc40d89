import { Env } from '../env.js';
import { integer } from '../schemas.js';

/** How runs of apps are executed and bounded. */
export class RunsConfig {
  /** Longest time a run may take; then it ends as if its user had stopped it. Unit: seconds. */
  @Env('APP_MAX_EXECUTION_TIME', integer(1, 86_400)) maxExecutionSeconds = 1200;
  /** Most runs this process executes at a time; further ones wait a little and are then refused with 503. */
  @Env('MAX_CONCURRENT_RUNS', integer(1, 100_000)) maxConcurrentRuns = 2000;
  /** Longest wait for a place among the running. Unit: milliseconds. */
  @Env('RUN_QUEUE_TIMEOUT_MS', integer(0, 120_000)) queueTimeoutMs = 5000;
  /** Most runs at a time of an app that sets no limit of its own; 0 is no limit. */
  @Env('APP_DEFAULT_ACTIVE_REQUESTS', integer(0, 1_000_000)) defaultActiveRequests = 0;
  /** Most runs at a time of any app, whatever it sets; 0 is no limit. */
  @Env('APP_MAX_ACTIVE_REQUESTS', integer(0, 1_000_000)) maxActiveRequests = 0;
  /** Age of a heartbeat at which a process counts as dead and others take its runs. Unit: seconds. */
  @Env('RUN_LEASE_SECONDS', integer(4, 600)) leaseSeconds = 5;
}
