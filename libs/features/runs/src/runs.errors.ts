import { InvalidParamError, NotFoundError, OperationalError, UnavailableError, UserError } from '#common';

/** 404: there is no such run, or it belongs to somebody else. */
export class RunNotFoundError extends NotFoundError {
  constructor() {
    super('There is no such task, or another user started it.');
  }
}

/** 400 `app_unavailable`: no feature of this installation runs apps of the mode. */
export class AppModeUnavailableError extends UserError {
  constructor(mode: string) {
    super({ code: 'app_unavailable', status: 400, message: `App unavailable: apps of mode ${mode} can't be run here.` });
  }
}

/** 422 `idempotency_key_reused`: the key was used with another body. */
export class IdempotencyKeyReusedError extends UserError {
  constructor() {
    super({
      code: 'idempotency_key_reused',
      status: 422,
      message: 'This Idempotency-Key was used with another request body in the last 24 hours. Use a new key for a new request.',
    });
  }
}

/** 400: the app's own limit of runs at a time is reached (contract service-and-web-api 9.3). */
export class TooManyRunsOfAppError extends InvalidParamError {
  constructor(appId: string, limit: number) {
    super(`Too many requests. Please try again later. The current maximum concurrent requests allowed for ${appId} is ${String(limit)}.`);
  }
}

/** 503 `too_many_runs`: this process executes as many runs as it may. */
export class TooManyRunsError extends UnavailableError {
  constructor() {
    super('too_many_runs', 'The server executes as many runs as it can. Try again in a moment, or raise MAX_CONCURRENT_RUNS.', {
      retryAfterSeconds: 2,
    });
  }
}

/** 503 `shutting_down`: no new runs are taken. */
export class ShuttingDownError extends UnavailableError {
  constructor() {
    super('shutting_down', 'The server is shutting down. Send the request again; another process or the restarted one takes it.', {
      retryAfterSeconds: 5,
    });
  }
}

/** Another process lives on this database and there is no Redis through which they could speak. */
export class SecondProcessWithoutRedisError extends OperationalError {
  constructor(other: { host: string; pid: number }) {
    super({
      code: 'second_process_without_redis',
      status: 503,
      message: `Process ${String(other.pid)} on ${other.host} uses this database already. Set REDIS_URL for all processes, or stop it.`,
    });
  }
}
