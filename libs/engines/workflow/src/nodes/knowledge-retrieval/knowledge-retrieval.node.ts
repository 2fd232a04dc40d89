import { emptyUsage } from '#engines/model-runtime';
import { usageMetadata } from '../../models/model-account.js';
import { modelFailure } from '../../models/model-failure.js';
import { readsOf } from '../../models/text-template.js';
import type { Selector } from '../../pool/selector.js';
import type { PoolReader } from '../../pool/variable-pool.js';
import { requiredPort } from '../../ports/required-port.js';
import { FileValue } from '../../values/file-value.js';
import { segmentAs } from '../../values/segment.js';
import { NodeFailure } from '../../workflow.errors.js';
import type { NodeContext, NodeType } from '../node-type.js';
import { succeeded, type NodeResult } from '../node-result.js';
import { isRepeatable } from '../repeatable.js';
import { metadataFilter } from './metadata-filter.js';
import { readRetrievalSettings, type RetrievalSettings } from './retrieval-settings.js';
import { retrievedItems } from './retrieved-item.js';

/** Looks something up in knowledge bases (contract workflow-engine 7.5). */
export const knowledgeRetrievalNode: NodeType = {
  type: 'knowledge-retrieval',
  version: '1',
  execution: 'executable',
  compile: (data) => {
    const settings = readRetrievalSettings(data);
    return { reads: reads(settings), repeatable: isRepeatable(data, true), run: (context) => run(settings, context) };
  },
};

function reads({ query, attachments, metadata }: RetrievalSettings): Record<string, Selector> {
  const values = metadata.mode === 'manual' ? metadata.conditions.map(({ value }) => value) : [];
  const templates = values.flatMap((value) =>
    Array.isArray(value) ? [value.filter((part): part is Exclude<typeof part, string> => typeof part !== 'string')] : [],
  );
  return { ...(query !== null && { query }), ...(attachments !== null && { queryAttachment: attachments }), ...readsOf(...templates) };
}

function run(settings: RetrievalSettings, context: NodeContext): NodeResult | Promise<NodeResult> {
  if (settings.query === null && settings.attachments === null) return succeeded({});
  const query = settings.query === null ? null : queryOf(settings.query, context.pool);
  const attachments = settings.attachments === null ? [] : attachmentsOf(settings.attachments, context.pool);
  return retrieve(settings, context, { query, attachments });
}

function queryOf(selector: Selector, pool: PoolReader): string {
  const segment = pool.get(selector);
  if (segment?.type === 'string' || segment?.type === 'secret') return segment.value as string;
  throw new NodeFailure('Query variable is not string type.');
}

function attachmentsOf(selector: Selector, pool: PoolReader): readonly FileValue[] {
  const value = pool.get(selector)?.value;
  if (value instanceof FileValue) return [value];
  if (Array.isArray(value) && value.every((item) => item instanceof FileValue)) return value;
  throw new NodeFailure('Attachments variable is not array file or file type.');
}

interface Wanted {
  query: string | null;
  attachments: readonly FileValue[];
}

async function retrieve(settings: RetrievalSettings, context: NodeContext, { query, attachments }: Wanted): Promise<NodeResult> {
  const inputs = { ...(query !== null && { query }), ...(settings.attachments !== null && { attachments }) };
  try {
    const { segments, usage: used } = await requiredPort(context.ports, 'retriever').retrieve({
      datasetIds: settings.datasetIds,
      query: query === null ? null : context.secrets.reveal(query),
      attachments,
      strategy: settings.strategy,
      metadata: metadataFilter(settings.metadata, context),
      signal: context.signal,
    });
    const usage = used ?? emptyUsage();
    return {
      status: 'succeeded',
      inputs,
      processData: { usage },
      outputs: { result: segmentAs('array[object]', retrievedItems(segments)) },
      metadata: usageMetadata(usage),
      usage,
    };
  } catch (error) {
    return modelFailure(error, { inputs });
  }
}
