import { HttpException } from '@nestjs/common';
import { AppError, BadRequestError, NotFoundError, UnexpectedError, UserError } from '#common';
import { mapDatabaseError } from '#platform/database';
import { PayloadTooLargeError, RouteNotFoundError, UnsupportedMediaTypeError } from './http.errors.js';

const TOO_LARGE = new Set([
  'FST_ERR_CTP_BODY_TOO_LARGE',
  'FST_REQ_FILE_TOO_LARGE',
  'FST_PARTS_LIMIT',
  'FST_FILES_LIMIT',
  'FST_FIELDS_LIMIT',
]);
const NAMES: Readonly<Record<number, string>> = {
  401: 'unauthorized',
  403: 'forbidden',
  405: 'method_not_allowed',
  409: 'conflict',
  422: 'unprocessable_entity',
  429: 'too_many_requests',
  503: 'service_unavailable',
};

/** Any thrown value as an error that may be shown: errors of Fastify and Nest get the contract's codes, everything else is 500 `unknown`. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const error = thrown instanceof HttpException && thrown.cause instanceof Error ? thrown.cause : thrown;
  if (error instanceof AppError) return error;
  const { code, statusCode } = (typeof error === 'object' && error !== null ? error : {}) as { code?: unknown; statusCode?: unknown };
  if (typeof code === 'string' && code.startsWith('FST_')) return fromFastify(code, Number(statusCode ?? 500), error);
  if (thrown instanceof HttpException) return fromStatus(thrown.getStatus(), thrown.message, thrown);
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return fromStatus(statusCode, 'The request can not be taken.', error);
  return fromTypeorm(error) ?? unknownError(error);
}

/** A repository of TypeORM passes the driver's error on in a wrapper: an absent database is 503, not a bug. */
function fromTypeorm(error: unknown): AppError | null {
  const mapped = error instanceof Error && 'driverError' in error ? mapDatabaseError(error) : null;
  return mapped instanceof AppError ? mapped : null;
}

function fromFastify(code: string, status: number, cause: unknown): AppError {
  if (TOO_LARGE.has(code)) return new PayloadTooLargeError();
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || code === 'FST_ERR_CTP_INVALID_CONTENT_TYPE') return new UnsupportedMediaTypeError();
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH')
    return new BadRequestError('The body is not as long as its Content-Length says.', cause);
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH') return new RouteNotFoundError();
  return fromStatus(status, 'The request can not be taken.', cause);
}

function fromStatus(status: number, message: string, cause: unknown): AppError {
  if (status >= 500) return unknownError(cause);
  if (status === 400) return new BadRequestError(message, cause);
  if (status === 404) return new NotFoundError(message);
  if (status === 413) return new PayloadTooLargeError();
  if (status === 415) return new UnsupportedMediaTypeError();
  return new UserError({ code: NAMES[status] ?? 'bad_request', status, message, cause });
}

const unknownError = (cause: unknown): AppError =>
  new UnexpectedError({ code: 'unknown', status: 500, message: 'Internal Server Error', cause });
