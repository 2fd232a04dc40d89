import { HELLO, textOf, useVendor } from '../__fixtures__/vendor-lab.js';
import { chatEvent, DONE, readAll, readFirst } from '../__fixtures__/vendor-server.js';
import { InvokeConnectionError, InvokeRateLimitError } from '../model-runtime.errors.js';
import { StandardModelRuntime } from '../runtime/standard-model-runtime.js';

const { vendor, http, runtime, target, read } = useVendor();

describe('a stream that fails', () => {
  it('should give what came before an error in mid-stream, then throw it', async () => {
    vendor.answersStream([
      chatEvent({ content: 'be' }) + chatEvent({ content: 'gun' }) + 'data: {"error":{"message":"server blew up","code":"mock"}}\n\n',
      DONE,
    ]);
    let text = '';

    const reading = (async () => {
      for await (const batch of runtime.invokeLlm(target(), HELLO)) text += textOf(batch);
    })();

    await expect(reading).rejects.toMatchObject({
      name: 'InvokeServerUnavailableError',
      message: '[openai_api_compatible] The model broke off its answer: server blew up',
      provider: 'langgenius/openai_api_compatible/openai_api_compatible',
      model: 'mock-chat',
      vendorCode: 'mock',
    });
    expect(text).toBe('begun');
  });

  it('should say when to come back after 429', async () => {
    vendor.answersJson({ error: { message: 'slow down' } }, 429, { 'retry-after': '3' });

    const error = await read().catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(InvokeRateLimitError);
    expect(error).toMatchObject({ retryAfterMs: 3000, upstreamStatus: 429, isRetryable: true });
  });

  it.each(['end', 'destroy'] as const)('should throw a connection error when the socket closes too early (%s)', async (how) => {
    vendor.answersStream([chatEvent({ content: 'half' })], how);

    await expect(read()).rejects.toBeInstanceOf(InvokeConnectionError);
  });

  it('should accept an answer that ends with a reason but without [DONE]', async () => {
    vendor.answersStream([chatEvent({ content: 'whole' }, { finish_reason: 'stop' })]);

    expect(textOf(await read())).toBe('whole');
  });

  it('should throw a connection error when nobody listens', async () => {
    await expect(read({}, HELLO, { endpoint_url: 'http://127.0.0.1:1/v1' })).rejects.toMatchObject({
      name: 'InvokeConnectionError',
      isRetryable: true,
    });
  });

  it('should throw an error of the family when an event is no JSON', async () => {
    vendor.answersStream(['data: {oops\n\n']);

    await expect(read()).rejects.toMatchObject({ name: 'InvokeError' });
  });

  it.each(['', 'not a url', 'file:///etc/passwd'])('should refuse the address %j', async (address) => {
    await expect(read({}, HELLO, { endpoint_url: address })).rejects.toMatchObject({ name: 'InvokeBadRequestError' });
  });

  it('should take the key out of what the vendor says', async () => {
    vendor.answersJson({ error: { message: 'Incorrect API key provided: sk-secret-key' } }, 401);

    const error = await read().catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'InvokeAuthorizationError' });
    expect(String(error)).not.toContain('sk-secret-key');
  });
});

describe('leaving a stream', () => {
  const endless = (): void => {
    vendor.answers((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(chatEvent({ content: 'more' }));
    });
  };

  it('should close the socket and throw the reason when the signal fires', async () => {
    endless();
    const stop = new AbortController();
    const reason = new Error('user stopped');

    const reading = readAll(runtime.invokeLlm(target(), HELLO, { signal: stop.signal }), () => {
      stop.abort(reason);
    });

    await expect(reading).rejects.toBe(reason);
    await vendor.received[0]?.hungUp;
  });

  it('should close the socket when the reader leaves the loop', async () => {
    endless();

    await readFirst(runtime.invokeLlm(target(), HELLO));

    await vendor.received[0]?.hungUp;
  });

  it('should not wait for a server that stays after its last event, and close the socket', async () => {
    vendor.answers((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chatEvent({ content: 'done' }, { finish_reason: 'stop' }) + DONE);
    });

    expect(textOf(await read())).toBe('done');
    await vendor.received[0]?.hungUp;
  });

  it('should not ask at all when the signal fired before', async () => {
    endless();

    await expect(read({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(vendor.received).toHaveLength(0);
  });

  it('should throw a connection error when the vendor keeps silent for too long', async () => {
    endless();
    const impatient = new StandardModelRuntime({ http, timeouts: { headersMs: 1000, bodyMs: 100 } });

    const reading = readAll(impatient.invokeLlm(target(), HELLO));

    await expect(reading).rejects.toBeInstanceOf(InvokeConnectionError);
  });
});
