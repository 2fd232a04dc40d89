import { isJsonObject, pythonRepr } from '#common';
import type { RetrieverResource } from '#engines/chat';
import type { Selector } from '../../pool/selector.js';
import type { PoolReader } from '../../pool/variable-pool.js';
import { FileValue } from '../../values/file-value.js';
import { WorkflowError } from '../../workflow.errors.js';

/** What a prompt is told beside the question. */
export interface PromptContext {
  readonly text: string;
  /** Where it comes from, for items of a knowledge base. */
  readonly resources: readonly RetrieverResource[];
  /** Pictures of what was found. */
  readonly files: readonly FileValue[];
}

const NOTHING: PromptContext = { text: '', resources: [], files: [] };

/** The context of a prompt out of a variable: a text, or a list of texts and of things with a `content` (contract workflow-engine 7.4). */
export function contextOf(selector: Selector | null, pool: PoolReader): PromptContext {
  const value = selector === null ? undefined : pool.get(selector)?.value;
  if (typeof value === 'string') return { ...NOTHING, text: value };
  if (!Array.isArray(value)) return NOTHING;
  const lines: string[] = [];
  const resources: RetrieverResource[] = [];
  const files: FileValue[] = [];
  for (const item of value as unknown[]) {
    if (typeof item === 'string') {
      lines.push(item);
      continue;
    }
    if (!isJsonObject(item) || typeof item.content !== 'string')
      throw new WorkflowError(`Invalid context structure: ${pythonRepr(item)}`, { errorType: 'InvalidContextStructureError' });
    if (typeof item.summary === 'string' && item.summary !== '') lines.push(item.summary);
    lines.push(item.content);
    const resource = resourceOf(item);
    if (resource !== null) resources.push(resource);
    if (Array.isArray(item.files))
      files.push(...item.files.filter((file): file is FileValue => file instanceof FileValue && file.facts.type === 'image'));
  }
  return { text: lines.join('\n').trim(), resources, files };
}

/** An item of a knowledge-retrieval node as a source that is shown with the answer; null for other items. */
function resourceOf(item: Record<string, unknown>): RetrieverResource | null {
  const { metadata } = item;
  if (!isJsonObject(metadata) || metadata._source !== 'knowledge') return null;
  const known = metadata as Record<string, never>;
  return {
    position: known.position,
    dataset_id: known.dataset_id,
    dataset_name: known.dataset_name,
    document_id: known.document_id,
    document_name: known.document_name,
    data_source_type: known.data_source_type,
    segment_id: known.segment_id ?? null,
    retriever_from: known.retriever_from,
    score: known.score,
    hit_count: known.segment_hit_count ?? null,
    word_count: known.segment_word_count ?? null,
    segment_position: known.segment_position ?? null,
    index_node_hash: known.segment_index_node_hash ?? null,
    content: item.content as string,
    page: known.page ?? null,
    doc_metadata: known.doc_metadata ?? null,
    title: (item.title as string | undefined) ?? null,
    files: (item.files as unknown[] | undefined) ?? null,
    summary: (item.summary as string | undefined) ?? null,
  };
}
