import type { HttpResponse } from '../ports/http-transport.port.js';
import { connectionError } from './vendor-http.js';
import type { CallContext } from './vendor-http.js';

/** How long a server may take to end a body whose last event was read, before its socket is given up. */
const RELEASE_MS = 200;

/**
 * Reads a body whose end is told by its content. Once `release` was called the little that is left is read in the background, so that the
 * socket can serve the next call and nobody waits for a server that does not hang up.
 */
export class BodyReader {
  private readonly iterator: AsyncIterator<Uint8Array>;
  private over = false;

  constructor(
    private readonly call: CallContext,
    private readonly response: HttpResponse,
  ) {
    this.iterator = response.body[Symbol.asyncIterator]();
  }

  /** The next piece, undefined at the end. A broken connection throws InvokeConnectionError. */
  async next(): Promise<Uint8Array | undefined> {
    try {
      const next: IteratorResult<Uint8Array, unknown> = await this.iterator.next();
      if (!next.done) return next.value;
      this.over = true;
      return undefined;
    } catch (error) {
      this.over = true;
      throw connectionError(this.call, error, 'The connection to the model broke');
    }
  }

  /** The content is whole: nothing more will be read by the caller. */
  release(): void {
    if (this.over) return;
    this.over = true;
    void this.drain();
  }

  /** Hangs up, unless the body was read to its end or released. */
  close(): void {
    if (this.over) return;
    this.over = true;
    this.response.discard();
  }

  private async drain(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let isDrained = false;
    // Most bodies are at their end by then, and need no timer.
    setImmediate(() => {
      if (!isDrained) timer = setTimeout(() => this.response.discard(), RELEASE_MS).unref();
    });
    try {
      while (!(await this.iterator.next()).done);
    } catch {
      // Nobody is interested any more.
    }
    isDrained = true;
    clearTimeout(timer);
  }
}
