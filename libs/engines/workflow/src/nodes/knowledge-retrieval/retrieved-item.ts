import { PyFloat } from '#common';
import type { RetrievedSegment } from '../../ports/retriever.port.js';

/** What was found as the node puts it out: best score first, numbered from 1, with the names of the wire (contract workflow-engine 7.5). */
export function retrievedItems(segments: readonly RetrievedSegment[]): Record<string, unknown>[] {
  return [...segments]
    .sort((a, b) => (b.score ?? -Infinity) - (a.score ?? -Infinity) || 0)
    .map((segment, index) => itemOf(segment, index + 1));
}

function itemOf(found: RetrievedSegment, position: number): Record<string, unknown> {
  const { segment } = found;
  return {
    metadata: {
      _source: 'knowledge',
      dataset_id: found.datasetId,
      dataset_name: found.datasetName,
      document_id: found.documentId,
      document_name: found.documentName,
      data_source_type: found.dataSourceType,
      ...(segment !== null && { segment_id: segment.id }),
      retriever_from: 'workflow',
      score: floatOf(found.score),
      ...(segment !== null && {
        child_chunks: segment.children.map(({ id, content, position: place, score }) => ({
          id,
          content,
          position: place,
          score: floatOf(score),
        })),
        segment_hit_count: segment.hitCount,
        segment_word_count: segment.wordCount,
        segment_position: segment.position,
        segment_index_node_hash: segment.indexNodeHash,
      }),
      doc_metadata: found.docMetadata,
      position,
    },
    title: found.title,
    files: found.files.length === 0 ? null : found.files,
    content: found.answer === null ? found.content : `question:${found.content} \nanswer:${found.answer}`,
    summary: found.summary,
  };
}

/** Scores are floats, also the whole ones: an answer shows them as `0.0`. */
function floatOf(score: number | null): number | PyFloat | null {
  return score !== null && Number.isInteger(score) ? new PyFloat(score) : score;
}
