import { NodeFailure } from '../../workflow.errors.js';

/** The kinds of errors of http-request nodes, as `error_type` names them (contract workflow-engine 7.12). */
export type HttpErrorType =
  | 'HttpRequestNodeError'
  | 'AuthorizationConfigError'
  | 'FileFetchError'
  | 'InvalidHttpMethodError'
  | 'InvalidURLError'
  | 'RequestBodyError'
  | 'ResponseSizeError'
  | 'ToolSSRFError';

/** A failure of an http-request node. */
export function httpFailure(errorType: HttpErrorType, message: string, cause?: unknown): NodeFailure {
  return new NodeFailure(message, { errorType, cause });
}
