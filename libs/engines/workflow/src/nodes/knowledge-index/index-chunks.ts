import { isJsonObject } from '#common';
import type { IndexChunks } from '../../ports/knowledge-indexer.port.js';
import { FileValue } from '../../values/file-value.js';
import { isFalsy } from '../../values/segment.js';
import { NodeFailure } from '../../workflow.errors.js';

/** Names of the structures, and of the lists that objects hold them in (contract knowledge 23.5). */
const LISTS: Readonly<Record<IndexChunks['structure'], string>> = {
  text_model: 'general_chunks',
  hierarchical_model: 'parent_child_chunks',
  qa_model: 'qa_chunks',
};

/** Reads the value of a variable as pieces of a document. Throws `NodeFailure` for none, and for what has another shape. */
export function readChunks(structure: IndexChunks['structure'], value: unknown): IndexChunks {
  if (isFalsy(value)) throw new NodeFailure('Chunks is required.', { errorType: 'KnowledgeIndexNodeError' });
  const list: unknown = isJsonObject(value) ? value[LISTS[structure]] : value;
  if (!Array.isArray(list)) throw wrongShape(structure, 'is no list');
  if (list.length === 0) throw new NodeFailure('Chunks is required.', { errorType: 'KnowledgeIndexNodeError' });
  const items: readonly unknown[] = list;
  switch (structure) {
    case 'text_model':
      return {
        structure,
        chunks: items.map((item, index) => ({ content: textIn(structure, item, 'content', index), files: filesIn(item) })),
      };
    case 'hierarchical_model': {
      const mode = isJsonObject(value) && typeof value.parent_mode === 'string' ? value.parent_mode : 'paragraph';
      return {
        structure,
        parentMode: mode,
        chunks: items.map((item, index) => ({
          content: textIn(structure, item, 'parent_content', index),
          children: childrenOf(structure, item, index),
          files: filesIn(item),
        })),
      };
    }
    case 'qa_model':
      return {
        structure,
        chunks: items.map((item, index) => ({
          question: textIn(structure, item, 'question', index),
          answer: textIn(structure, item, 'answer', index),
        })),
      };
  }
}

function textIn(structure: IndexChunks['structure'], item: unknown, key: string, index: number): string {
  if (typeof item === 'string' && structure !== 'qa_model') return item;
  const value = isJsonObject(item) ? item[key] : undefined;
  if (typeof value !== 'string') throw wrongShape(structure, `has no text ${key} in its piece ${index}`);
  return value;
}

function childrenOf(structure: IndexChunks['structure'], item: unknown, index: number): readonly string[] {
  const children = isJsonObject(item) ? item.child_contents : [];
  if (!Array.isArray(children) || !children.every((child) => typeof child === 'string'))
    throw wrongShape(structure, `has no texts child_contents in its piece ${index}`);
  return children;
}

function filesIn(item: unknown): readonly FileValue[] {
  const files = isJsonObject(item) ? item.files : undefined;
  return Array.isArray(files) ? files.filter((file): file is FileValue => file instanceof FileValue) : [];
}

function wrongShape(structure: IndexChunks['structure'], what: string): NodeFailure {
  return new NodeFailure(`The chunk variable of the structure ${structure} ${what}.`, { errorType: 'KnowledgeIndexNodeError' });
}
