import { STATUS_CODES } from 'node:http';
import type { AppError } from '#common';

/** The body of an error answer (contract console-accounts 1.1, 3.1). */
export type ErrorBody = Record<string, unknown>;

const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'authentication_error',
  403: 'authorization_error',
  404: 'resource_not_found',
  409: 'resource_conflict',
  422: 'validation_error',
  500: 'internal_server_error',
  503: 'service_unavailable',
};

/** The page of an address where nothing is. */
export const NOT_FOUND_PAGE =
  '<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>There is nothing at this address.</p>\n';

/** `{code, message, status}` with `params` where one field is wrong, or the shape that the error brings along. */
export function errorBodyOf(error: AppError): ErrorBody {
  if (error.body !== undefined) return error.body;
  // What went wrong within is for the log alone.
  const message = error.code === 'unknown' ? 'Internal Server Error' : error.message;
  const body: ErrorBody = { code: error.code, message, status: error.status };
  if (error.params !== undefined) body.params = error.params;
  return body;
}

/** An answer of the set-up routes: they carry an `error` object beside the usual fields, and wrong fields are 422 there. */
export function withErrorObject(error: AppError): { status: number; body: ErrorBody } {
  const status = error.code === 'invalid_param' ? 422 : error.status;
  const facts = { type: ERROR_TYPES[status] ?? 'bad_request', message: STATUS_CODES[status] ?? 'Error', status };
  const details = status === 422 ? { details: error.message } : {};
  return { status, body: { ...errorBodyOf(error), status, error: { ...facts, ...details } } };
}
