import type { QuotingError } from '#common';

/** What is known about a failed call to a model. */
export interface InvokeErrorFacts {
  /** Says what the vendor said. */
  message: string;
  provider?: string;
  model?: string;
  /** Status of the vendor's answer, when there was one. */
  upstreamStatus?: number;
  /** When the vendor wants to be asked again, from now. */
  retryAfterMs?: number;
  /** The vendor's own name of the error, such as `context_length_exceeded`. */
  vendorCode?: string;
  cause?: unknown;
}

/** A call to a model failed (contract models-agents-tools 1.6). */
export class InvokeError extends Error implements QuotingError {
  readonly quotesOthers = true;
  /** Whether the same call may succeed later, or with other credentials of the same kind. */
  readonly isRetryable: boolean = false;
  provider?: string;
  model?: string;
  readonly upstreamStatus?: number;
  readonly retryAfterMs?: number;
  readonly vendorCode?: string;

  constructor(facts: InvokeErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = new.target.name;
    this.provider = facts.provider;
    this.model = facts.model;
    this.upstreamStatus = facts.upstreamStatus;
    this.retryAfterMs = facts.retryAfterMs;
    this.vendorCode = facts.vendorCode;
  }
}

/** No connection, or one that broke before the answer was whole, or a time-out. */
export class InvokeConnectionError extends InvokeError {
  override readonly isRetryable: boolean = true;
}

/** The vendor answered with a 5xx or says that it is overloaded. */
export class InvokeServerUnavailableError extends InvokeError {
  override readonly isRetryable: boolean = true;
}

/** The vendor wants fewer calls (429); `retryAfterMs` when it says how long to wait. */
export class InvokeRateLimitError extends InvokeError {
  override readonly isRetryable: boolean = true;
}

/** The vendor refuses the credentials (401, 403). */
export class InvokeAuthorizationError extends InvokeError {}

/** The vendor does not take the request (other 4xx), or it was refused here before it was sent. */
export class InvokeBadRequestError extends InvokeError {}

/** Credentials are malformed, or the vendor refused them when they were tried. The message is for the form. */
export class CredentialsValidateError extends Error implements QuotingError {
  readonly quotesOthers = true;
  /** The field that is wrong, when one is. */
  readonly variable?: string;

  constructor(message: string, options: { variable?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.variable = options.variable;
  }
}

/** There is no provider of that id. */
export class ProviderNotFoundError extends Error {
  constructor(readonly provider: string) {
    super(`Provider ${provider} does not exist.`);
    this.name = new.target.name;
  }
}

/** The provider has no such model, or none of that type. */
export class ModelNotFoundError extends Error {
  constructor(
    readonly provider: string,
    readonly model: string,
    readonly modelType: string,
  ) {
    super(`Provider ${provider} has no ${modelType} model ${model}.`);
    this.name = new.target.name;
  }
}
