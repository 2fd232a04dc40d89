/** A request to outside. */
export interface OutboundRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** Absolute, http or https. */
  url: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** When it fires the socket is closed and the promise, or the reading of the body, rejects with its reason. */
  signal?: AbortSignal;
  /** How long to wait for the headers of the answer. Unit: milliseconds. Default: EGRESS_HEADERS_TIMEOUT_MS. */
  timeoutMs?: number;
  /** How long the body may stand still between two pieces. Unit: milliseconds. Default: EGRESS_BODY_TIMEOUT_MS. */
  bodyTimeoutMs?: number;
  /** Longest time until the body has come to its end, redirects included, however steadily it comes. Unit: milliseconds. Default: no bound. */
  totalMs?: number;
  /** Most bytes of the answer's body; a longer one fails with `upstream_too_large`. Default: no bound. */
  maxBytes?: number;
  /** How many redirects are followed; one more fails with `upstream_redirects`. Default 0: a redirect is the answer. */
  redirects?: number;
}

/** An answer from outside, whatever its status. */
export interface OutboundResponse {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Where the answer came from, after redirects. */
  url: string;
  /** To be read once. Leaving the loop early closes the socket; one piece is what one read of the socket brought. */
  body: AsyncIterable<Uint8Array>;
  /** The whole body. */
  bytes(): Promise<Uint8Array>;
  /** The whole body as UTF-8. */
  text(): Promise<string>;
  /** Closes the socket without reading the body. */
  discard(): void;
}
