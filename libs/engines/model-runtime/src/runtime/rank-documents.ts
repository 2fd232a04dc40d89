import type { RerankRequest, RerankResult } from '../types/invocations.js';

/** Puts a rerank model's scores to the documents: best first, none below the threshold, at most `topN`. */
export function rankDocuments(ranks: readonly { index: number; score: number }[], request: RerankRequest): RerankResult['documents'] {
  const { scoreThreshold = Number.NEGATIVE_INFINITY, topN = ranks.length } = request;
  return ranks
    .filter(({ score }) => score >= scoreThreshold)
    .toSorted((left, right) => right.score - left.score || left.index - right.index)
    .slice(0, Math.max(0, topN))
    .map(({ index, score }) => ({ index, score, text: request.documents[index] ?? '' }));
}
