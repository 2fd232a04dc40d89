import { HttpTransport } from '../ports/http-transport.port.js';
import type { HttpRequest, HttpResponse } from '../ports/http-transport.port.js';

/** How long to wait for a vendor. Milliseconds. */
export interface VendorTimeouts {
  /** For the headers of an answer; a whole answer that is not streamed comes with them. */
  headersMs: number;
  /** Between two pieces of a body. */
  bodyMs: number;
}

/** Gives every request its time limits. */
export class TimedTransport extends HttpTransport {
  constructor(
    private readonly inner: HttpTransport,
    private readonly timeouts: VendorTimeouts,
  ) {
    super();
  }

  override request(request: HttpRequest): Promise<HttpResponse> {
    return this.inner.request({ timeoutMs: this.timeouts.headersMs, bodyTimeoutMs: this.timeouts.bodyMs, ...request });
  }
}
