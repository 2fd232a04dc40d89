import { AbortScope } from '#common';
import type { EmbeddingCapability, ModelCall } from '../ports/model-provider.port.js';
import { calculateEmbeddingUsage } from '../pricing/usage.js';
import { countTextTokens } from '../tokens/token-counter.js';
import type { EmbeddingRequest, EmbeddingResult } from '../types/invocations.js';

/** Batches under way at once. */
const PARALLEL = 4;
/** What a model takes that says nothing about it (contract models-agents-tools 1.5). */
const DEFAULT_CONTEXT_SIZE = 1000;

/** Embeds any number of texts: batches of what the model takes, a few at once, texts cut to its context. */
export async function embedAll(
  capability: EmbeddingCapability,
  call: ModelCall,
  request: EmbeddingRequest,
  now: () => number,
): Promise<EmbeddingResult> {
  const started = now();
  const texts = await cutToContext(request.texts, call.schema?.properties.context_size ?? DEFAULT_CONTEXT_SIZE);
  const size = Math.max(1, call.schema?.properties.max_chunks ?? 1);
  const embeddings: number[][] = [];
  let tokens = 0;
  let next = 0;
  const scope = new AbortScope({ follow: [call.signal] });
  const { signal } = scope;
  let failure: { error: unknown } | undefined;
  const work = async (): Promise<void> => {
    while (next < texts.length && failure === undefined) {
      const start = next;
      next += size;
      const batch = texts.slice(start, start + size);
      const result = await capability.embed({ ...call, signal }, { ...request, texts: batch });
      for (const [index, vector] of result.embeddings.entries()) embeddings[start + index] = vector;
      tokens += result.tokens ?? (await countTextTokens(batch)).reduce((sum, count) => sum + count, 0);
    }
  };
  const workers = Array.from({ length: Math.min(PARALLEL, Math.ceil(texts.length / size)) }, () =>
    work().catch((error: unknown) => {
      failure ??= { error };
      scope.abort();
    }),
  );
  await Promise.all(workers);
  scope.end();
  if (failure) throw failure.error;
  return { model: call.model, embeddings, usage: calculateEmbeddingUsage(call.schema?.pricing ?? null, tokens, (now() - started) / 1000) };
}

/** Shortens texts the vendor would refuse, in proportion to their tokens. A text with fewer characters than that has fewer tokens too. */
async function cutToContext(texts: readonly string[], contextSize: number): Promise<readonly string[]> {
  const long = texts.filter((text) => text.length > contextSize);
  if (long.length === 0) return texts;
  const counts = new Map(long.map((text) => [text, 0]));
  for (const [index, count] of (await countTextTokens(long)).entries()) counts.set(long[index] ?? '', count);
  return texts.map((text) => {
    const count = counts.get(text) ?? 0;
    return count > contextSize ? text.slice(0, Math.floor((text.length * contextSize) / count)) : text;
  });
}
