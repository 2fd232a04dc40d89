import { AppError } from '#common';
import { CredentialsValidateError, InvokeError, ModelNotFoundError, ProviderNotFoundError } from '#engines/model-runtime';
import { ExternalDataError, InputFormError, ModelConfigError } from '../chat.errors.js';

/** How a failed run looks to a client, in an `error` event and as the body of a blocking answer alike. */
export interface RunErrorFacts {
  code: string;
  status: number;
  message: string;
}

/** Codes of a failed run (contract service-and-web-api 8.7; quota errors exist in the cloud only). */
export const RUN_ERRORS = {
  invalidParam: { code: 'invalid_param', status: 400 },
  providerNotInitialized: { code: 'provider_not_initialize', status: 400 },
  modelNotSupported: { code: 'model_currently_not_support', status: 400 },
  internal: { code: 'internal_server_error', status: 500 },
} as const;

const INTERNAL_MESSAGE = 'Internal Server Error, please contact support.';

/**
 * Maps what ended a run to what the client is told. Whatever the vendor answered (500, 429, 401, 400), a failed call to a model is
 * `invalid_param` with the vendor's words, as recorded (traces service/chat-model-error). Bugs tell nothing about themselves.
 */
export function mapRunError(error: unknown): RunErrorFacts {
  if (error instanceof InvokeError) return { ...RUN_ERRORS.invalidParam, message: error.message };
  if (error instanceof ProviderNotFoundError || error instanceof CredentialsValidateError) {
    return { ...RUN_ERRORS.providerNotInitialized, message: error.message };
  }
  if (error instanceof ModelNotFoundError) return { ...RUN_ERRORS.modelNotSupported, message: error.message };
  if (error instanceof ModelConfigError || error instanceof InputFormError || error instanceof ExternalDataError) {
    return { ...RUN_ERRORS.invalidParam, message: error.message };
  }
  if (error instanceof AppError && error.family !== 'unexpected') return { code: error.code, status: error.status, message: error.message };
  return { ...RUN_ERRORS.internal, message: INTERNAL_MESSAGE };
}
