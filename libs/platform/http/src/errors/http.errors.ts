import { UserError } from '#common';

/** 404 as a small HTML page: no route has this path, or an id in it is no UUID. */
export class RouteNotFoundError extends UserError {
  constructor() {
    super({ code: 'not_found', status: 404, message: 'There is nothing at this address.' });
  }
}

/** 405: the path exists, not with this method. */
export class MethodNotAllowedError extends UserError {
  constructor(allow: readonly string[]) {
    super({
      code: 'method_not_allowed',
      status: 405,
      message: 'The method is not allowed for the requested URL.',
      headers: { allow: allow.join(', ') },
    });
  }
}

/** 415 `unsupported_media_type`: the body, or an uploaded file, is not of a type that the route reads. A feature's own refusals have codes of their own. */
export class UnsupportedMediaTypeError extends UserError {
  constructor(message = "Send the body with the request Content-Type 'application/json'.", code = 'unsupported_media_type') {
    super({ code, status: 415, message });
  }
}

/** 413 `request_entity_too_large`: the body, or a part of it, is larger than is taken. A feature's own refusals have codes of their own. */
export class PayloadTooLargeError extends UserError {
  constructor(message = 'The request is larger than this server takes.', code = 'request_entity_too_large') {
    super({ code, status: 413, message });
  }
}

/** 408: the request did not arrive in time. */
export class RequestTimeoutError extends UserError {
  constructor() {
    super({
      code: 'request_timeout',
      status: 408,
      message: 'The request did not arrive in time. Send it again.',
      headers: { connection: 'close' },
    });
  }
}

/** 400 `host_header_missing`: HTTP/1.1 asks for a `Host` header. */
export class HostHeaderMissingError extends UserError {
  constructor() {
    super({
      code: 'host_header_missing',
      status: 400,
      message: 'The request has no Host header. HTTP/1.1 asks for one.',
      headers: { connection: 'close' },
    });
  }
}

/** 417 `expectation_failed`: the `Expect` header asks for something other than `100-continue`. */
export class ExpectationFailedError extends UserError {
  constructor() {
    super({
      code: 'expectation_failed',
      status: 417,
      message: 'This server meets no expectation but 100-continue. Leave the Expect header out.',
      headers: { connection: 'close' },
    });
  }
}
