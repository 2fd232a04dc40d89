/** One request of a model provider to its vendor. */
export interface HttpRequest {
  method: 'GET' | 'POST';
  /** Absolute. */
  url: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** When it fires the socket is closed and the promise, or the reading of the body, rejects with its reason. */
  signal?: AbortSignal;
  /** How long to wait for the headers of the answer. */
  timeoutMs?: number;
  /** How long the body may stand still between two pieces. */
  bodyTimeoutMs?: number;
}

/** The answer, whatever its status. Redirects are not followed. */
export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** To be read once. Leaving the loop early closes the socket; one piece is what one read of the socket brought. */
  body: AsyncIterable<Uint8Array>;
  /** Closes the socket if the body has not come to its end, also while a read of it is under way, which then rejects. */
  discard(): void;
}

/**
 * The only way from this engine to the network. The platform's implementation guards which addresses may be reached.
 * Rejects when no answer came (refused, reset, timed out, forbidden address); a status of 400 and more is an answer.
 */
export abstract class HttpTransport {
  /** Sends a request and resolves with the head of its answer; the body is read from there. */
  abstract request(request: HttpRequest): Promise<HttpResponse>;
}
