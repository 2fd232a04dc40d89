import { OperationalError, UserError } from '#common';
import type { EgressPolicy } from './egress-policy.js';

/** 400 `egress_denied`: the URL leads to an address that may not be reached. */
export class EgressDeniedError extends UserError {
  constructor(
    /** The address or host that was refused. */
    readonly address: string,
    readonly policy: EgressPolicy,
  ) {
    super({
      code: 'egress_denied',
      status: 400,
      message: `Requests to ${address} are not allowed by the egress policy "${policy}". To open it, the operator adds it to EGRESS_ALLOW.`,
    });
  }
}

/** 400 `invalid_url`: not an absolute http or https URL. */
export class OutboundUrlError extends UserError {
  constructor(url: string) {
    super({ code: 'invalid_url', status: 400, message: `${url.slice(0, 200)} is not an absolute http or https URL.` });
  }
}

/** What went wrong with a request to outside. */
export type OutboundFailure = 'connect' | 'timeout' | 'socket' | 'too_large' | 'redirects';

/** 502 `upstream_<failure>`: no whole answer came. */
export class OutboundError extends OperationalError {
  constructor(
    readonly failure: OutboundFailure,
    message: string,
    cause?: unknown,
  ) {
    super({ code: `upstream_${failure}`, status: 502, message, cause });
  }
}
