import type { HttpResponse } from '../ports/http-transport.port.js';
import { connectionError } from './vendor-http.js';
import type { CallContext } from './vendor-http.js';

/** How long a server may take to end a body whose last event was read, before its socket is given up. */
const RELEASE_MS = 200;

/** A call whose socket can be closed from here, also while a read of it is under way: an iterator's `return` would wait for that read. */
export function withHangUp<C extends CallContext>(call: C): { call: C; hangUp: () => void } {
  const socket = new AbortController();
  const signal = call.signal ? AbortSignal.any([call.signal, socket.signal]) : socket.signal;
  return {
    call: { ...call, signal },
    hangUp: () => {
      socket.abort();
    },
  };
}

/**
 * Reads a body whose end is told by its content. Once `release` was called the little that is left is read in the background, so that the
 * socket can serve the next call and nobody waits for a server that does not hang up.
 */
export class BodyReader {
  private readonly iterator: AsyncIterator<Uint8Array>;
  private over = false;

  constructor(
    private readonly call: CallContext,
    response: HttpResponse,
    private readonly hangUp: () => void,
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
    const timer = setTimeout(this.hangUp, RELEASE_MS);
    timer.unref();
    void this.drain().finally(() => {
      clearTimeout(timer);
    });
  }

  /** Hangs up, unless the body was read to its end or released. */
  close(): void {
    if (this.over) return;
    this.over = true;
    this.hangUp();
  }

  private async drain(): Promise<void> {
    try {
      while (!(await this.iterator.next()).done);
    } catch {
      // Nobody is interested any more.
    }
  }
}
