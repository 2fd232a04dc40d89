/** What is asked for. */
export interface PageRequest {
  /** Absolute, as a person or a model gave it; the port refuses what must not be reached. */
  readonly url: string;
  readonly userAgent: string | null;
  /** Bytes of the body after decompression; a longer one is refused. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** What came. */
export interface Page {
  readonly status: number;
  /** Where redirects ended. */
  readonly url: string;
  /** The header as it came; "" for none. */
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** Pages of the web, fetched by the guarded client: private addresses are refused, redirects followed, time limited. */
export abstract class WebPages {
  /** Rejects with a message for the person who gave the address. */
  abstract fetch(request: PageRequest): Promise<Page>;
}
