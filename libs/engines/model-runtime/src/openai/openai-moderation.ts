import type { EndpointFacts } from '../catalogue/facts.js';
import { InvokeError } from '../model-runtime.errors.js';
import type { ModelCall, ModerationCapability } from '../ports/model-provider.port.js';
import type { ModerateRequest } from '../types/invocations.js';
import { asArray, asRecord } from '../wire/json-access.js';
import { askJson, jsonRequest } from '../wire/vendor-http.js';
import { resolveEndpoint } from './endpoint.js';

/** Characters judged at once; a longer text is judged in pieces. */
const PIECE = 8000;

/** Moderation over the OpenAI protocol. */
export class OpenAiModeration implements ModerationCapability {
  constructor(private readonly facts: EndpointFacts) {}

  async moderate(call: ModelCall, request: ModerateRequest): Promise<boolean> {
    const { baseUrl, headers, model } = resolveEndpoint(this.facts, call.credentials, call.model);
    const input: string[] = [];
    for (let start = 0; start < request.text.length; start += PIECE) input.push(request.text.slice(start, start + PIECE));
    if (input.length === 0) return false;
    const answer = asRecord(await askJson(call, jsonRequest(`${baseUrl}/moderations`, headers, { model, input })));
    if (!Array.isArray(answer?.results)) throw new InvokeError({ message: 'The answer of the moderation model has no results.' });
    return asArray(answer.results).some(isUnsafe);
  }
}

/** `flagged` where the vendor sums up, else any category that holds. */
function isUnsafe(result: unknown): boolean {
  const { flagged, categories } = asRecord(result) ?? {};
  return typeof flagged === 'boolean' ? flagged : Object.values(asRecord(categories) ?? {}).some((category) => category === true);
}
