import { AppError, InvalidParamError, UnavailableError, UnexpectedError, UserError } from '#common';
import { mapRunError, type RunErrorFacts } from '#engines/chat';
import type { TooManyRunsOfAppError } from '#features/runs';
import { PayloadTooLargeError, UnsupportedMediaTypeError } from '#platform/http';

/** 400 `invalid_param`: a chat needs a question. */
export class QueryRequiredError extends InvalidParamError {
  constructor() {
    super('query is required', { params: 'query' });
  }
}

/** 400 `invalid_param`: an agent's answer can only be streamed (contract service-and-web-api 9). */
export class AgentNotBlockingError extends InvalidParamError {
  constructor() {
    super('Agent Chat App does not support blocking mode', { params: 'response_mode' });
  }
}

/** 429 `too_many_requests`: the app's limit of runs at a time, as the console is told of it (contract console-accounts 1.1). */
export class TooManyDebugRunsError extends UserError {
  constructor(cause: TooManyRunsOfAppError) {
    super({ code: 'too_many_requests', status: 429, message: cause.message, cause });
  }
}

/** A run failed for a reason that the caller may know; code and status as in its `error` event. */
export class RunFailedError extends UserError {
  constructor(facts: RunErrorFacts, cause: unknown) {
    super({ ...facts, cause });
  }
}

/** A run failed by a fault of ours. */
export class RunCrashedError extends UnexpectedError {
  constructor(facts: RunErrorFacts, cause: unknown) {
    super({ ...facts, cause });
  }
}

/** What a blocking caller gets for the error of a run. */
export function runFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const facts = mapRunError(error);
  return facts.status >= 500 ? new RunCrashedError(facts, error) : new RunFailedError(facts, error);
}

/** 503 `run_interrupted`: the process that wrote the answer goes down, or went down; what it had said may be incomplete. */
export class RunInterruptedError extends UnavailableError {
  constructor() {
    super(
      'run_interrupted',
      'The server stopped before this answer was complete. Send the message again, with a new Idempotency-Key if it had one.',
      { retryAfterSeconds: 5 },
    );
  }
}

/** 400 `bad_request_key_error`: the form has no part `file`. */
export class AudioPartMissingError extends UserError {
  constructor() {
    super({ code: 'bad_request_key_error', status: 400, message: 'Send the sound file as the part "file" of a multipart form.' });
  }
}

/** 413 `audio_too_large`: the sound file is over 30 MB. */
export class AudioTooLargeError extends PayloadTooLargeError {
  constructor() {
    super('Audio size larger than 30 mb', 'audio_too_large');
  }
}

/** 415 `unsupported_audio_type`: only mp3, m4a, wav, amr and mpga are taken. */
export class UnsupportedAudioTypeError extends UnsupportedMediaTypeError {
  constructor() {
    super('Audio type not allowed.', 'unsupported_audio_type');
  }
}

/** 400 `provider_not_support_speech_to_text`: the workspace has no default model that listens. */
export class NoSpeechModelError extends UserError {
  constructor() {
    super({ code: 'provider_not_support_speech_to_text', status: 400, message: 'Provider not support speech to text.' });
  }
}
