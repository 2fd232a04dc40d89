import { useVendor } from '../__fixtures__/vendor-lab.js';
import { readFirst } from '../__fixtures__/vendor-server.js';
import type { ModelTarget } from '../ports/model-runtime.port.js';

const { vendor, runtime } = useVendor();

function target(credentials: Record<string, string> = {}, provider = 'openai_api_compatible', model = 'm'): ModelTarget {
  return { provider, model, credentials: { endpoint_url: `${vendor.url}/v1`, openai_api_base: vendor.url, ...credentials } };
}

describe('embeddings', () => {
  /** Answers a vector that holds the number in the text, in reverse order. */
  const answersVectors = (): void => {
    vendor.answers((response, { json }) => {
      const input = json.input as string[];
      const data = input.map((text, index) => ({ index, embedding: [Number(text.replace(/\D/g, '')), 1] })).reverse();
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ data, usage: { prompt_tokens: input.length * 10 } }));
    });
  };

  it('should be asked for in batches of max_chunks and come in the order of the texts', async () => {
    answersVectors();
    const texts = Array.from({ length: 25 }, (_, index) => `text ${String(index)}`);

    const result = await runtime.embed(target({ context_size: '512', max_chunks: '10' }), { texts });

    expect(vendor.received.map(({ json }) => (json.input as string[]).length).toSorted()).toEqual([10, 10, 5]);
    expect(result.embeddings.map(([first]) => first)).toEqual(texts.map((_, index) => index));
    expect(result.usage).toMatchObject({ tokens: 250, total_tokens: 250, total_price: '0', currency: 'USD' });
  });

  it('should prefix documents and queries as the form says', async () => {
    answersVectors();
    const credentials = { context_size: '512', document_prefix: 'doc: ', query_prefix: 'q: ', encoding_format: 'float' };

    await runtime.embed(target(credentials), { texts: ['1'] });
    await runtime.embed(target(credentials), { texts: ['1'], inputType: 'query' });

    expect(vendor.received.map(({ json }) => json.input)).toEqual([['doc: 1'], ['q: 1']]);
    expect(vendor.received[0]?.json.encoding_format).toBe('float');
  });

  it('should cut a text to what the model takes', async () => {
    answersVectors();

    await runtime.embed(target({ context_size: '50' }), { texts: ['word '.repeat(1000), 'short'] });

    const lengths = vendor.received.flatMap(({ json }) => json.input as string[]).map((text) => text.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(250);
    expect(lengths).toContain(5);
  });

  it('should give up on all batches when one fails', async () => {
    vendor.answers((response) => response.writeHead(401, { 'content-type': 'application/json' }).end('{}'));

    await expect(runtime.embed(target({ context_size: '512' }), { texts: Array.from({ length: 50 }, String) })).rejects.toMatchObject({
      name: 'InvokeAuthorizationError',
    });
    expect(vendor.received.length).toBeLessThan(10);
  });

  it('should not accept fewer vectors than texts', async () => {
    vendor.answersJson({ data: [] });

    await expect(runtime.embed(target({ context_size: '512' }), { texts: ['a'] })).rejects.toMatchObject({ name: 'InvokeError' });
  });

  it('should ask nobody for nothing', async () => {
    answersVectors();

    expect((await runtime.embed(target(), { texts: [] })).embeddings).toEqual([]);
    expect(vendor.received).toHaveLength(0);
  });
});

describe('rerank', () => {
  const request = { query: 'q', documents: ['a', 'b', 'c'] };

  it('should give the best first, above the threshold, at most top n', async () => {
    vendor.answersJson({ results: [0.2, 0.9, 0.5].map((relevance_score, index) => ({ index, relevance_score })) });

    const result = await runtime.rerank(target(), { ...request, scoreThreshold: 0.3, topN: 2 });

    expect(vendor.received.at(-1)?.path).toBe('/v1/rerank');
    expect(vendor.received.at(-1)?.json).toMatchObject({ query: 'q', documents: ['a', 'b', 'c'], top_n: 2 });
    expect(result.documents).toEqual([
      { index: 1, score: 0.9, text: 'b' },
      { index: 2, score: 0.5, text: 'c' },
    ]);
  });

  it.each([{}, { results: [{ index: 7, relevance_score: 1 }] }, { results: [{ index: 0 }] }])('should not accept %j', async (answer) => {
    vendor.answersJson(answer);

    await expect(runtime.rerank(target(), request)).rejects.toMatchObject({ name: 'InvokeError' });
  });
});

describe('speech', () => {
  it('should send a sound file as a form and give its text', async () => {
    vendor.answersJson({ text: 'hello' });
    const audio = Buffer.from([0, 255, 13, 10, 45, 45]);

    const text = await runtime.transcribe(target({ language: 'en', initial_prompt: 'names' }), {
      audio,
      filename: 'a"b.mp3',
      mimeType: 'audio/mpeg',
    });

    expect(text).toBe('hello');
    const [received] = vendor.received;
    const boundary = /boundary=(.+)$/.exec(String(received?.headers['content-type']))?.[1] ?? '';
    const parts = received?.body.toString('latin1').split(`--${boundary}`) ?? [];
    expect(parts.at(-1)).toBe('--\r\n');
    expect(parts.slice(1, -1)).toEqual([
      '\r\ncontent-disposition: form-data; name="model"\r\n\r\nm\r\n',
      '\r\ncontent-disposition: form-data; name="response_format"\r\n\r\njson\r\n',
      '\r\ncontent-disposition: form-data; name="language"\r\n\r\nen\r\n',
      '\r\ncontent-disposition: form-data; name="prompt"\r\n\r\nnames\r\n',
      `\r\ncontent-disposition: form-data; name="file"; filename="a%22b.mp3"\r\ncontent-type: audio/mpeg\r\n\r\n${audio.toString('latin1')}\r\n`,
    ]);
  });

  it('should speak a long text sentence by sentence, in a voice the model has', async () => {
    vendor.answers((response, { json }) => response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(`<${String(json.input)}>`));
    const pieces: Uint8Array[] = [];

    for await (const piece of runtime.synthesize(target({ openai_api_key: 'k' }, 'openai', 'tts-1'), {
      text: `${'a'.repeat(4000)}. ${'b'.repeat(200)}`,
      voice: 'nobody',
    }))
      pieces.push(piece);

    expect(vendor.received.map(({ json }) => [json.voice, json.response_format, String(json.input).length])).toEqual([
      ['alloy', 'mp3', 4001],
      ['alloy', 'mp3', 200],
    ]);
    expect(Buffer.concat(pieces).toString()).toContain('><');
  });

  it('should close the socket when nobody listens any more', async () => {
    vendor.answers((response) => void response.writeHead(200, { 'content-type': 'audio/mpeg' }).write('sound'));

    await readFirst(runtime.synthesize(target({ voices: 'one,two' }), { text: 'hi' }));

    await vendor.received[0]?.hungUp;
    expect(vendor.received[0]?.json.voice).toBe('one');
  });

  it('should list voices by language', async () => {
    const voices = await runtime.voices(target({ openai_api_key: 'k' }, 'openai', 'tts-1'), 'de-DE');

    expect(voices.map((voice) => voice.mode)).toContain('alloy');
    expect(await runtime.voices(target({ openai_api_key: 'k' }, 'openai', 'tts-1'), 'xx')).toEqual([]);
  });
});

describe('moderation', () => {
  it.each([
    [{ results: [{ flagged: false }, { flagged: true }] }, true],
    [{ results: [{ flagged: false }] }, false],
    [{ results: [{ categories: { hate: false, violence: true } }] }, true],
  ])('should read %j as unsafe: %s', async (answer, unsafe) => {
    vendor.answersJson(answer);

    expect(await runtime.moderate(target({ openai_api_key: 'k' }, 'openai', 'text-moderation-stable'), { text: 'x'.repeat(9000) })).toBe(
      unsafe,
    );
    expect(vendor.received[0]?.json.input).toHaveLength(2);
  });
});

describe('validating credentials', () => {
  const form = { openai_api_key: 'sk-1', unknown: 'dropped' };
  const answersLists = (withKey: number, without: number): void => {
    vendor.answers((response, { headers, path }) => {
      const status = path.endsWith('/chat/completions') ? 200 : headers.authorization ? withKey : without;
      const body = status === 200 ? { data: [], choices: [{ message: { content: 'pong' } }] } : { error: { message: 'bad key' } };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  };

  it('should trust a list of models that is given with the key only', async () => {
    answersLists(200, 401);

    expect(await runtime.validateProviderCredentials('openai', { ...form, openai_api_base: vendor.url })).toEqual({
      openai_api_key: 'sk-1',
      openai_api_base: vendor.url,
    });
    expect(vendor.received.map(({ path }) => path)).toEqual(['/v1/models', '/v1/models']);
  });

  it.each([
    [200, 200],
    [404, 404],
  ])('should ask a model when the list proves nothing (%i)', async (withKey, without) => {
    answersLists(withKey, without);

    await runtime.validateProviderCredentials('openai', { ...form, openai_api_base: vendor.url });

    expect(vendor.received.at(-1)?.path).toBe('/v1/chat/completions');
  });

  it('should tell what the vendor said', async () => {
    answersLists(401, 401);

    await expect(runtime.validateProviderCredentials('openai', { ...form, openai_api_base: vendor.url })).rejects.toMatchObject({
      name: 'CredentialsValidateError',
      message: '[openai] API request failed with status code 401: bad key',
    });
  });

  it('should not ask the vendor when the form is not filled in', async () => {
    answersLists(200, 200);

    await expect(runtime.validateProviderCredentials('openai', {})).rejects.toMatchObject({
      message: 'Variable openai_api_key is required',
      variable: 'openai_api_key',
    });
    expect(vendor.received).toHaveLength(0);
  });

  it.each([
    ['llm', '/v1/chat/completions', { choices: [{ message: { content: 'x' } }] }],
    ['text-embedding', '/v1/embeddings', { data: [{ embedding: [1] }] }],
    ['rerank', '/v1/rerank', { results: [] }],
    ['speech2text', '/v1/audio/transcriptions', { text: '' }],
    ['tts', '/v1/audio/speech', {}],
  ] as const)('should try a custom %s model', async (modelType, path, answer) => {
    vendor.answersJson(answer);
    const values = { endpoint_url: `${vendor.url}/v1` };

    const credentials = await runtime.validateModelCredentials({
      provider: 'openai_api_compatible',
      model: 'm',
      modelType,
      values: { ...values, context_size: '100', max_tokens_to_sample: '50', max_chunks: '2', stream_mode_delimiter: '\\n\\n' },
    });

    expect(vendor.received.map((request) => request.path)).toEqual([path]);
    expect(credentials).toMatchObject(values);
  });

  it('should refuse a model of a type, and a provider, that takes none', async () => {
    await expect(
      runtime.validateModelCredentials({ provider: 'openai_api_compatible', model: 'm', modelType: 'moderation', values: {} }),
    ).rejects.toMatchObject({ name: 'CredentialsValidateError' });
    await expect(runtime.validateProviderCredentials('openai_api_compatible', {})).rejects.toMatchObject({
      name: 'CredentialsValidateError',
    });
  });
});
