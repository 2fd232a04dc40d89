import type { ModelCall } from '../ports/model-provider.port.js';
import { ask, pieces } from '../wire/vendor-http.js';

/**
 * A `fetch` on our transport, for packages that bring their own protocol. Answers with an error status are thrown as InvokeError before the
 * package sees them, so that all vendors' errors are read in one place.
 */
export function transportFetch(call: Pick<ModelCall, 'http' | 'signal'>): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const headers = Object.fromEntries(new Headers(init?.headers).entries());
    const method = init?.method === 'POST' ? 'POST' : 'GET';
    const body = typeof init?.body === 'string' ? { body: init.body } : {};
    const response = await ask(call, { method, url, headers, ...body });
    const answerHeaders = new Headers();
    for (const [name, value] of Object.entries(response.headers)) {
      for (const single of Array.isArray(value) ? value : value === undefined ? [] : [value]) answerHeaders.append(name, single);
    }
    return new Response(
      toStream(pieces(call, response), () => response.discard()),
      { status: response.status, headers: answerHeaders },
    );
  };
}

function toStream(source: AsyncIterable<Uint8Array>, hangUp: () => void): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const next: IteratorResult<Uint8Array, unknown> = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: hangUp,
  });
}
