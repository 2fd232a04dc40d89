import type { RetrievedDocument, RetrieverResource } from './chat-ports.js';

/** The text of a context block: best score first, a line each, summaries before their content (contract models-agents-tools 7). */
export function contextText(documents: readonly RetrievedDocument[]): string {
  return byScore(documents).map(documentText).join('\n');
}

/** Documents with the best score first; those without one come last. */
export function byScore(documents: readonly RetrievedDocument[]): RetrievedDocument[] {
  return [...documents].sort((a, b) => (b.score ?? -Infinity) - (a.score ?? -Infinity) || 0);
}

function documentText(document: RetrievedDocument): string {
  const text = document.answer === undefined ? document.content : `question:${document.content} answer:${document.answer}`;
  return document.summary === undefined || document.summary === '' ? text : `${document.summary}\n${text}`;
}

/** Sources as they are shown: numbered from 1. */
export function numberedResources(resources: readonly RetrieverResource[]): RetrieverResource[] {
  return resources.map((resource, index) => ({ ...resource, position: index + 1 }));
}
