import type { EndpointFacts } from '../catalogue/facts.js';
import { InvokeAuthorizationError, InvokeBadRequestError, InvokeError } from '../model-runtime.errors.js';
import type { ModelCall, ModelProvider, ValidationCall } from '../ports/model-provider.port.js';
import type { ModelType } from '../types/model-type.js';
import { ask, readText } from '../wire/vendor-http.js';
import { resolveEndpoint } from './endpoint.js';

/** Asks one model the smallest question there is for its type. */
export async function tryModel(provider: ModelProvider, call: ModelCall, modelType: ModelType): Promise<void> {
  switch (modelType) {
    case 'llm':
      await provider.llm?.generate(call, { messages: [{ role: 'user', content: 'ping' }], parameters: { max_tokens: 16 } });
      return;
    case 'text-embedding':
      await provider.embedding?.embed(call, { texts: ['ping'], inputType: 'query' });
      return;
    case 'rerank':
      await provider.reranking?.rerank(call, { query: 'ping', documents: ['ping', 'pong'] });
      return;
    case 'moderation':
      await provider.moderation?.moderate(call, { text: 'ping' });
      return;
    case 'speech2text':
      await provider.transcription?.transcribe(call, { audio: silentWav(), filename: 'silence.wav', mimeType: 'audio/wav' });
      return;
    case 'tts':
      for await (const _piece of provider.speech?.synthesize(call, { text: 'ping', voice: call.schema?.properties.default_voice ?? '' }) ??
        [])
        return;
  }
}

/**
 * Whether the vendor's list of models proves the key: `proven` when it is given with the key and refused without, `unknown` when it is
 * public or missing. Throws when the vendor refuses the key or can't be reached.
 */
export async function proveByModelList(facts: EndpointFacts, call: ValidationCall): Promise<'proven' | 'unknown'> {
  const { baseUrl, headers } = resolveEndpoint(facts, call.credentials, '');
  const request = { method: 'GET', url: `${baseUrl}/models` } as const;
  try {
    await readText(call, await ask(call, { ...request, headers }));
  } catch (error) {
    if (error instanceof InvokeBadRequestError) return 'unknown';
    throw error;
  }
  if (headers.authorization === undefined) return 'proven';
  try {
    await readText(call, await ask(call, request));
    return 'unknown';
  } catch (error) {
    if (error instanceof InvokeAuthorizationError) return 'proven';
    if (error instanceof InvokeError) return 'unknown';
    throw error;
  }
}

/** Half a second of silence, 16 kHz, 16 bits, mono. */
function silentWav(): Uint8Array {
  const rate = 16_000;
  const size = rate;
  const wav = Buffer.alloc(44 + size);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(36 + size, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(size, 40);
  return wav;
}
