import { isJsonObject, PyFloat } from '#common';
import { z } from 'zod';
import { modelFailure } from '../../models/model-failure.js';
import type { IndexChunks, SummarySetting } from '../../ports/knowledge-indexer.port.js';
import { requiredPort } from '../../ports/required-port.js';
import { SYSTEM_NODE, type Selector } from '../../pool/selector.js';
import { NodeFailure } from '../../workflow.errors.js';
import type { NodeContext, NodeType } from '../node-type.js';
import type { NodeResult } from '../node-result.js';
import { isRepeatable } from '../repeatable.js';
import { selectorSchema } from '../selector-schema.js';
import { chunkPreview } from './chunk-preview.js';
import { readChunks } from './index-chunks.js';

const schema = z.object({
  chunk_structure: z.enum(['text_model', 'hierarchical_model', 'qa_model']),
  index_chunk_variable_selector: selectorSchema,
  summary_index_setting: z.record(z.string(), z.unknown()).nullish(),
});

interface Settings {
  readonly structure: IndexChunks['structure'];
  readonly chunks: Selector;
  readonly summaries: SummarySetting;
}

/** Stores the pieces of a document in the pipeline's knowledge base; a trial run shows them only (contract workflow-engine 7.6, knowledge 23.5). */
export const knowledgeIndexNode: NodeType = {
  type: 'knowledge-index',
  version: '1',
  execution: 'response',
  compile: (data) => {
    const { chunk_structure: structure, index_chunk_variable_selector: chunks, summary_index_setting: summary } = schema.parse(data);
    const settings: Settings = { structure, chunks, summaries: summary?.enable === true ? summary : null };
    return { reads: { index_chunk: chunks }, repeatable: isRepeatable(data, true), response: [], run: (context) => run(settings, context) };
  },
};

async function run(settings: Settings, context: NodeContext): Promise<NodeResult> {
  const system = (name: string): string => {
    const value = context.pool.get([SYSTEM_NODE, name])?.value;
    return typeof value === 'string' ? value : '';
  };
  const datasetId = system('dataset_id');
  if (datasetId === '') throw missing('Dataset ID');
  const variable = context.pool.get(settings.chunks);
  if (variable === undefined) throw missing('Index chunk variable');
  const inputs = { chunks: variable };
  try {
    const chunks = readChunks(settings.structure, variable.value);
    const isPreview = (system('invoke_from') || context.facts.invokeFrom) === 'debugger';
    const outputs = isPreview
      ? await preview(chunks, { settings, context, datasetId })
      : await index(chunks, { settings, context, datasetId, system });
    return { status: 'succeeded', inputs, outputs };
  } catch (error) {
    return modelFailure(error, { inputs });
  }
}

interface Place {
  readonly settings: Settings;
  readonly context: NodeContext;
  readonly datasetId: string;
}

async function preview(chunks: IndexChunks, { settings: { summaries }, context, datasetId }: Place): Promise<Record<string, unknown>> {
  if (!isJsonObject(summaries)) return chunkPreview(chunks);
  const indexer = requiredPort(context.ports, 'indexer');
  return chunkPreview(chunks, await indexer.summarize({ datasetId, chunks, summaries, signal: context.signal }));
}

async function index(
  chunks: IndexChunks,
  { settings: { summaries }, context, datasetId, system }: Place & { system: (name: string) => string },
): Promise<Record<string, unknown>> {
  const batch = system('batch');
  if (batch === '') throw missing('Batch');
  const documentId = system('document_id');
  if (documentId === '') throw missing('document_id');
  const original = system('original_document_id');
  const { datasetName, documentName, createdAt } = await requiredPort(context.ports, 'indexer').index({
    datasetId,
    documentId,
    originalDocumentId: original === '' ? null : original,
    batch,
    chunks,
    summaries,
    signal: context.signal,
  });
  return {
    dataset_id: datasetId,
    dataset_name: datasetName,
    batch,
    document_id: documentId,
    document_name: documentName,
    created_at: PyFloat.of(createdAt),
    display_status: 'completed',
  };
}

function missing(what: string): NodeFailure {
  return new NodeFailure(`${what} is required.`, { errorType: 'KnowledgeIndexNodeError' });
}
