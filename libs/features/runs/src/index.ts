export { AppRunner, AppRunners, type AppRunRequest, type GivenIds, type RunHandle } from './app-runners.js';
export type { AbortReason, LedgerRun, RunOutcome, RunPrincipal, RunState } from './run.js';
export {
  AppModeUnavailableError,
  IdempotencyKeyReusedError,
  RunNotFoundError,
  ShuttingDownError,
  TooManyRunsError,
  TooManyRunsOfAppError,
} from './runs.errors.js';
export { RunsModule } from './runs.module.js';
export { runsEntities } from './runs.entities.js';
export { ProcessHeartbeat } from './services/process-heartbeat.js';
export { RunFollower } from './services/run-follower.js';
export { RunIdempotency } from './services/run-idempotency.js';
export { RunRegistry } from './services/run-registry.js';
export { type RespondOptions, RunResponder } from './services/run-responder.js';
export { RunStarts, type StartRows } from './services/run-starts.js';
export { RunStopper } from './services/run-stopper.js';
export { type ActiveRun, type BeginRun, RunsService } from './services/runs.service.js';
