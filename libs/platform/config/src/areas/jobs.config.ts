import { Env } from '../env.js';
import { integer } from '../schemas.js';

/** How jobs are handed over, watched and retried; what a single job may do stands in its contract. */
export class JobsConfig {
  /** How often the queues are looked through for work that no signal announced. Unit: milliseconds. */
  @Env('JOBS_POLL_MS', integer(50, 600_000)) pollMs = 5000;
  /** Time after which the jobs of a worker that fell silent are given to another one. Unit: milliseconds. */
  @Env('JOBS_LOCK_MS', integer(1000, 600_000)) lockMs = 30_000;
  /** How long a finished job is remembered, so that the same job id is not taken twice. Unit: seconds. */
  @Env('JOBS_KEEP_SECONDS', integer(1, 7 * 86_400)) keepSeconds = 3600;
  /** How long running jobs may go on after a stop was asked for; what is left then runs again later. Unit: milliseconds. */
  @Env('JOBS_DRAIN_MS', integer(0, 600_000)) drainMs = 10_000;
}
