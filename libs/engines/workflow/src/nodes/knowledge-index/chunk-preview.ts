import type { IndexChunks } from '../../ports/knowledge-indexer.port.js';

/** The pieces of a document as a trial run shows them (contract knowledge 23.5, traces pipelines/kind-*). */
export function chunkPreview(chunks: IndexChunks, summaries: readonly (string | null)[] = []): Record<string, unknown> {
  const summary = (index: number): { summary?: string } => {
    const text = summaries[index];
    return typeof text === 'string' ? { summary: text } : {};
  };
  const shown = { chunk_structure: chunks.structure, total_segments: chunks.chunks.length };
  switch (chunks.structure) {
    case 'text_model':
      return { ...shown, preview: chunks.chunks.map(({ content }, index) => ({ content, ...summary(index) })), qa_preview: [] };
    case 'hierarchical_model':
      return {
        ...shown,
        parent_mode: chunks.parentMode,
        preview: chunks.chunks.map(({ content, children }, index) => ({ content, child_chunks: children, ...summary(index) })),
        qa_preview: [],
      };
    case 'qa_model':
      return { ...shown, preview: [], qa_preview: chunks.chunks.map(({ question, answer }) => ({ question, answer })) };
  }
}
