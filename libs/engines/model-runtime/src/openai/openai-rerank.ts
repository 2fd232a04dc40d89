import type { EndpointFacts } from '../catalogue/facts.js';
import { InvokeError } from '../model-runtime.errors.js';
import type { ModelCall, RerankCapability } from '../ports/model-provider.port.js';
import type { RerankRequest } from '../types/invocations.js';
import { asArray, asNumber, asRecord } from '../wire/json-access.js';
import { errorInAnswer } from '../wire/vendor-error.js';
import { askJson, jsonRequest } from '../wire/vendor-http.js';
import { resolveEndpoint } from './endpoint.js';

/** Reranking as most OpenAI-like servers offer it: `POST /rerank` with `query` and `documents`, answered by `results`. */
export class OpenAiRerank implements RerankCapability {
  constructor(private readonly facts: EndpointFacts) {}

  async rerank(call: ModelCall, request: RerankRequest): Promise<{ index: number; score: number }[]> {
    const endpoint = resolveEndpoint(this.facts, call.credentials, call.model);
    const body = {
      model: endpoint.model,
      query: request.query,
      documents: request.documents,
      ...(request.topN === undefined ? {} : { top_n: request.topN }),
      return_documents: false,
    };
    const answer = await askJson(call, jsonRequest(`${endpoint.baseUrl}/rerank`, endpoint.headers, body));
    const error = errorInAnswer(answer);
    if (error) throw error;
    const results = asRecord(answer)?.results;
    if (!Array.isArray(results)) throw new InvokeError({ message: 'The answer of the rerank model has no results.' });
    return asArray(results).map((entry) => {
      const index = asNumber(asRecord(entry)?.index);
      const score = asNumber(asRecord(entry)?.relevance_score) ?? asNumber(asRecord(entry)?.score);
      if (index === undefined || score === undefined || !(index in request.documents)) {
        throw new InvokeError({ message: 'The answer of the rerank model has a result without index or score.' });
      }
      return { index, score };
    });
  }
}
