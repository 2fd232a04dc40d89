import type { WorkflowPorts } from '../../ports/workflow-ports.js';
import { graphOf } from '../../testing/graph.factory.js';
import { fileValue } from '../../testing/memory-files.js';
import { MemoryIndexer } from '../../testing/memory-indexer.js';
import { runGraph, type Told } from '../../testing/workflow.harness.js';

/** Traces pipelines/run, draft-run, kind-*. */
const lines = ['Apples are red fruits that grow on trees.', 'Bananas are yellow and grow in bunches.'];
const published = { dataset_id: 'd8cb069c', document_id: '742f8ecb', batch: '20261123091705206634' };

interface Setup {
  system?: Record<string, unknown>;
  data?: Record<string, unknown>;
  indexer?: MemoryIndexer;
}

function run(chunks: unknown, { system = published, data, indexer }: Setup = {}): Promise<Told> {
  const kb = {
    type: 'knowledge-index',
    chunk_structure: 'text_model',
    index_chunk_variable_selector: ['sys', 'chunks'],
    indexing_technique: 'high_quality',
    ...data,
  };
  const ports: Partial<WorkflowPorts> = indexer === undefined ? {} : { indexer };
  return runGraph(graphOf({ start: { type: 'start' }, kb }, ['start -> kb']), {
    ports,
    run: { system: { ...system, ...(chunks !== undefined && { chunks }) } },
  });
}

const preview = { system: { ...published, invoke_from: 'debugger' } };

describe('knowledge-index', () => {
  it('should store the pieces of a document', async () => {
    const indexer = new MemoryIndexer();
    const told = await run(lines, { indexer });
    expect(told.end.type).toBe('run_succeeded');
    expect(JSON.parse(JSON.stringify(told.end.outputs))).toEqual({
      dataset_id: 'd8cb069c',
      dataset_name: 'fruit pipeline 1',
      batch: '20261123091705206634',
      document_id: '742f8ecb',
      document_name: 'fruit.txt',
      created_at: 1795425425,
      display_status: 'completed',
    });
    expect(indexer.requests).toMatchObject([
      {
        datasetId: 'd8cb069c',
        documentId: '742f8ecb',
        originalDocumentId: null,
        batch: '20261123091705206634',
        chunks: { structure: 'text_model', chunks: lines.map((content) => ({ content, files: [] })) },
        summaries: null,
      },
    ]);
    await run(lines, { indexer, system: { ...published, original_document_id: 'old' } });
    expect(indexer.requests[1]?.originalDocumentId).toBe('old');
  });

  it('should only show them in a trial run', async () => {
    const indexer = new MemoryIndexer();
    const told = await run(lines, { ...preview, indexer });
    expect(told.end.outputs).toEqual({
      chunk_structure: 'text_model',
      preview: lines.map((content) => ({ content })),
      qa_preview: [],
      total_segments: 2,
    });
    expect(indexer.requests).toEqual([]);
    expect(told.events.find((event) => event.type === 'node_finished' && event.nodeId === 'kb')).toMatchObject({
      inputs: { chunks: lines },
    });
  });

  it('should take objects, with files', async () => {
    const indexer = new MemoryIndexer();
    const picture = fileValue();
    await run({ general_chunks: [{ content: 'a', files: [picture] }, { content: 'b' }] }, { indexer });
    expect(indexer.requests[0]?.chunks.chunks).toEqual([
      { content: 'a', files: [picture] },
      { content: 'b', files: [] },
    ]);
    expect((await run({ general_chunks: [{ content: 'a' }] }, preview)).end.outputs).toMatchObject({
      preview: [{ content: 'a' }],
      total_segments: 1,
    });
  });

  it('should take parents with children', async () => {
    const parents = {
      parent_mode: 'paragraph',
      parent_child_chunks: [
        { parent_content: 'Bananas are yellow and grow in bunches.', child_contents: ['Bananas are yellow', 'grow in bunches.'] },
      ],
    };
    const told = await run(parents, { ...preview, data: { chunk_structure: 'hierarchical_model' } });
    expect(told.end.outputs).toEqual({
      chunk_structure: 'hierarchical_model',
      parent_mode: 'paragraph',
      preview: [{ content: 'Bananas are yellow and grow in bunches.', child_chunks: ['Bananas are yellow', 'grow in bunches.'] }],
      qa_preview: [],
      total_segments: 1,
    });
  });

  it('should take questions and answers, in trial runs too', async () => {
    const pairs = { qa_chunks: [{ question: 'What about Apples?', answer: 'They are red.' }] };
    const told = await run(pairs, { ...preview, data: { chunk_structure: 'qa_model' } });
    expect(told.end.outputs).toEqual({ chunk_structure: 'qa_model', preview: [], qa_preview: pairs.qa_chunks, total_segments: 1 });
  });

  it('should show summaries in a trial run where they are switched on', async () => {
    const data = { summary_index_setting: { enable: true, model_name: 'm' } };
    const told = await run(lines, { ...preview, data, indexer: new MemoryIndexer() });
    expect(told.end.outputs.preview).toEqual([{ content: lines[0], summary: 'summary 0' }, { content: lines[1] }]);
    const indexer = new MemoryIndexer();
    await run(lines, { data, indexer });
    expect(indexer.requests[0]?.summaries).toEqual({ enable: true, model_name: 'm' });
  });

  it.each<[string, unknown, Setup, string]>([
    ['no knowledge base', lines, { system: {} }, 'Dataset ID is required.'],
    ['no variable', undefined, {}, 'Index chunk variable is required.'],
    ['an empty list', [], {}, 'Chunks is required.'],
    ['an empty object', {}, {}, 'Chunks is required.'],
    ['an empty list in an object', { general_chunks: [] }, {}, 'Chunks is required.'],
    ['another object', { parent_child_chunks: [{}] }, {}, 'The chunk variable of the structure text_model is no list.'],
    ['pieces without text', [{ text: 'a' }], {}, 'The chunk variable of the structure text_model has no text content in its piece 0.'],
    ['no batch', lines, { system: { ...published, batch: undefined } }, 'Batch is required.'],
    ['no document', lines, { system: { ...published, document_id: undefined } }, 'document_id is required.'],
    [
      'answers missing',
      [{ question: 'q' }],
      { data: { chunk_structure: 'qa_model' } },
      'The chunk variable of the structure qa_model has no text answer in its piece 0.',
    ],
    [
      'children that are no texts',
      { parent_child_chunks: [{ parent_content: 'p', child_contents: [1] }] },
      { data: { chunk_structure: 'hierarchical_model' } },
      'The chunk variable of the structure hierarchical_model has no texts child_contents in its piece 0.',
    ],
  ])('should fail for %s', async (_name, chunks, setup, error) => {
    const told = await run(chunks, { indexer: new MemoryIndexer(), ...setup });
    expect(told.end).toMatchObject({ type: 'run_failed', error, errorType: 'KnowledgeIndexNodeError' });
  });

  it('should tell why nothing could be stored', async () => {
    const indexer = new MemoryIndexer();
    indexer.failure = new RangeError('Custom segment length should be between 50 and 4000.');
    expect((await run(lines, { indexer })).end).toMatchObject({
      type: 'run_failed',
      error: 'Custom segment length should be between 50 and 4000.',
      errorType: 'RangeError',
    });
    expect((await run(lines)).end).toMatchObject({ errorType: 'PortMissingError' });
  });
});
