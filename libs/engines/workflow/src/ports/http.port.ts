/** Methods that an http-request node can send. */
export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A request that is ready to leave; secrets are revealed in it. */
export interface HttpCall {
  readonly method: HttpMethod;
  /** Absolute, http or https. */
  readonly url: string;
  /** In the order they are written; no two names differ in case only. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly timeouts: HttpTimeouts;
  /** False: the certificate of the server is not looked at. */
  readonly verifyTls: boolean;
  readonly signal: AbortSignal;
}

/** How long is waited. Unit: milliseconds. */
export interface HttpTimeouts {
  /** Until a connection is established. */
  readonly connectMs: number;
  /** For the head of the answer, and between two pieces of its body. */
  readonly readMs: number;
  /** Until the body of the request is written. */
  readonly writeMs: number;
  /** Until the answer has come to its end, redirects included, however steadily it comes. */
  readonly totalMs: number;
}

/** An answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; the values of one that came several times are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where it came from, after redirects. */
  readonly url: string;
  /** The body, with its content encoding undone piece by piece. To be read once; leaving the loop closes the connection. Throws {@link WorkflowHttpError}. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Closes the connection of a body that nobody reads. */
  discard(): void;
}

/**
 * Why there is no answer, or no whole one: the address may not be reached; no connection; too late; the connection broke, or what came is no HTTP; too many
 * redirects.
 */
export type HttpFailureReason = 'denied' | 'connect' | 'timeout' | 'broken' | 'redirects';

/** No whole answer came. The message is for the person who built the workflow. */
export class WorkflowHttpError extends Error {
  constructor(
    readonly reason: HttpFailureReason,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The way out to any URL that a user gave. Private and metadata addresses are closed unless the operator opened them. */
export abstract class WorkflowHttp {
  /** Sends a request and follows redirects. Rejects with {@link WorkflowHttpError}, or the signal's reason. */
  abstract send(call: HttpCall): Promise<HttpAnswer>;
}
