import type { EndpointFacts } from '../catalogue/facts.js';
import { InvokeError } from '../model-runtime.errors.js';
import type { ModelCall, SpeechCapability, TranscriptionCapability } from '../ports/model-provider.port.js';
import type { SynthesizeRequest, TranscribeRequest } from '../types/invocations.js';
import { asRecord, tryParseJson } from '../wire/json-access.js';
import { multipartForm } from '../wire/multipart.js';
import { ask, jsonRequest, pieces, readText } from '../wire/vendor-http.js';
import { resolveEndpoint } from './endpoint.js';

/** Speech to text over the OpenAI protocol. */
export class OpenAiTranscription implements TranscriptionCapability {
  constructor(private readonly facts: EndpointFacts) {}

  async transcribe(call: ModelCall, request: TranscribeRequest): Promise<string> {
    const { baseUrl, headers, model } = resolveEndpoint(this.facts, call.credentials, call.model);
    const fields: Record<string, string> = { model, response_format: 'json' };
    const { language, initial_prompt: prompt } = call.credentials;
    if (typeof language === 'string') fields.language = language;
    if (typeof prompt === 'string') fields.prompt = prompt;
    const file = { field: 'file', filename: request.filename, mimeType: request.mimeType, bytes: request.audio };
    const form = multipartForm(fields, file);
    const url = `${baseUrl}/audio/transcriptions`;
    const response = await ask(call, { method: 'POST', url, headers: { ...headers, 'content-type': form.contentType }, body: form.body });
    const answer = await readText(call, response);
    const text = asRecord(tryParseJson(answer))?.text;
    if (typeof text === 'string') return text;
    if (String(response.headers['content-type'] ?? '').startsWith('text/plain')) return answer.trim();
    throw new InvokeError({ message: 'The answer of the transcription model has no text.' });
  }
}

/** Text to speech over the OpenAI protocol. */
export class OpenAiSpeech implements SpeechCapability {
  constructor(private readonly facts: EndpointFacts) {}

  async *synthesize(call: ModelCall, request: SynthesizeRequest & { voice: string }): AsyncIterable<Uint8Array> {
    const { baseUrl, headers, model } = resolveEndpoint(this.facts, call.credentials, call.model);
    const body = {
      model,
      input: request.text,
      ...(request.voice === '' ? {} : { voice: request.voice }),
      response_format: call.schema?.properties.audio_type ?? 'mp3',
    };
    const response = await ask(call, jsonRequest(`${baseUrl}/audio/speech`, headers, body));
    yield* pieces(call, response);
  }
}
