import type { EndpointFacts } from '../catalogue/facts.js';
import { InvokeError } from '../model-runtime.errors.js';
import type { EmbeddingCapability, ModelCall } from '../ports/model-provider.port.js';
import type { EmbeddingRequest } from '../types/invocations.js';
import { asArray, asNumber, asRecord } from '../wire/json-access.js';
import { errorInAnswer } from '../wire/vendor-error.js';
import { askJson, jsonRequest } from '../wire/vendor-http.js';
import { resolveEndpoint } from './endpoint.js';

/** Embeddings over the OpenAI protocol. */
export class OpenAiEmbedding implements EmbeddingCapability {
  constructor(private readonly facts: EndpointFacts) {}

  async embed(call: ModelCall, request: EmbeddingRequest): Promise<{ embeddings: number[][]; tokens?: number }> {
    const endpoint = resolveEndpoint(this.facts, call.credentials, call.model);
    const prefix = call.credentials[request.inputType === 'query' ? 'query_prefix' : 'document_prefix'];
    const input = typeof prefix === 'string' && prefix !== '' ? request.texts.map((text) => prefix + text) : request.texts;
    const body = {
      model: endpoint.model,
      input,
      ...(call.credentials.encoding_format === 'float' ? { encoding_format: 'float' } : {}),
      ...(request.user && this.facts.sendUser ? { user: request.user } : {}),
    };
    const answer = await askJson(call, jsonRequest(`${endpoint.baseUrl}/embeddings`, endpoint.headers, body));
    return readEmbeddings(answer, request.texts.length);
  }
}

function readEmbeddings(answer: unknown, count: number): { embeddings: number[][]; tokens?: number } {
  const error = errorInAnswer(answer);
  if (error) throw error;
  const body = asRecord(answer);
  const embeddings: number[][] = [];
  for (const [position, entry] of asArray(body?.data).entries()) {
    const item = asRecord(entry);
    const vector = item?.embedding;
    if (Array.isArray(vector) && vector.length > 0) embeddings[asNumber(item?.index) ?? position] = vector as number[];
  }
  for (let index = 0; index < count; index += 1) {
    if (!embeddings[index])
      throw new InvokeError({ message: `The model answered with ${String(embeddings.length)} embeddings for ${String(count)} texts.` });
  }
  const usage = asRecord(body?.usage);
  return { embeddings: embeddings.slice(0, count), tokens: asNumber(usage?.prompt_tokens) ?? asNumber(usage?.total_tokens) };
}
