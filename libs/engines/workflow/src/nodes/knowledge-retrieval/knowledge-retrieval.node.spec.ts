import { PyFloat } from '#common';
import { emptyUsage } from '#engines/model-runtime';
import { Retriever, type Retrieved, type RetrievedSegment, type RetrievalQuery } from '../../ports/retriever.port.js';
import type { NodeFinished } from '../../run/events.js';
import { graphOf } from '../../testing/graph.factory.js';
import { fileValue } from '../../testing/memory-files.js';
import { MockError, mockModels, mockUsage } from '../../testing/mock-models.js';
import { runGraph, testEngine, type HarnessOptions } from '../../testing/workflow.harness.js';

const model = { provider: 'acme', name: 'chat-1', mode: 'chat', completion_params: { temperature: 0 } };

function segmentFactory(segment: Partial<RetrievedSegment> = {}): RetrievedSegment {
  return {
    content: 'Bananas are yellow.',
    answer: null,
    title: 'fruit.txt',
    summary: null,
    files: [],
    score: 0.5,
    datasetId: 'd-1',
    datasetName: 'fruit',
    documentId: 'doc-1',
    documentName: 'fruit.txt',
    dataSourceType: 'upload_file',
    docMetadata: {},
    segment: { id: 's-1', hitCount: 1, wordCount: 19, position: 2, indexNodeHash: 'hash', children: [] },
    ...segment,
  };
}

class Shelf extends Retriever {
  readonly asked: RetrievalQuery[] = [];

  constructor(private readonly found: Retrieved | Error) {
    super();
  }

  override retrieve(query: RetrievalQuery): Promise<Retrieved> {
    this.asked.push(query);
    return this.found instanceof Error ? Promise.reject(this.found) : Promise.resolve(this.found);
  }
}

interface Play extends Omit<HarnessOptions, 'inputs'> {
  data?: Record<string, unknown>;
  inputs?: Record<string, unknown>;
  found?: readonly RetrievedSegment[] | Error;
  usage?: Retrieved['usage'];
}

function graph(data: Record<string, unknown> = {}, inputs: Record<string, unknown> = {}) {
  return graphOf(
    {
      start: { type: 'start', variables: Object.keys(inputs).map((variable) => ({ variable, type: 'any' })) },
      kr: {
        type: 'knowledge-retrieval',
        query_variable_selector: ['start', 'q'],
        dataset_ids: ['d-1'],
        retrieval_mode: 'multiple',
        ...data,
      },
      answer: { type: 'answer', answer: '{{#kr.result#}}' },
    },
    ['start -> kr -> answer'],
  );
}

async function play({ data, inputs = { q: 'yellow' }, found = [segmentFactory()], usage = null, ...options }: Play = {}) {
  const retriever = new Shelf(found instanceof Error ? found : { segments: found, usage });
  const told = await runGraph(graph(data, inputs), { ...options, inputs, ports: { retriever, ...options.ports } });
  const node = told.events.find((event): event is NodeFinished => event.type === 'node_finished' && event.nodeId === 'kr') as NodeFinished;
  return { ...told, node, asked: retriever.asked };
}

describe('knowledge-retrieval node', () => {
  it('should put out what was found, as recorded, and its score as a float', async () => {
    const { node, end } = await play({ found: [segmentFactory({ score: 0 })] });

    expect(node.inputs).toEqual({ query: 'yellow' });
    expect(node.processData).toEqual({ usage: emptyUsage() });
    expect(node.metadata).toEqual({ total_tokens: 0, total_price: '0.0', currency: 'USD' });
    expect(node.outputs.result).toEqual([
      {
        metadata: {
          _source: 'knowledge',
          dataset_id: 'd-1',
          dataset_name: 'fruit',
          document_id: 'doc-1',
          document_name: 'fruit.txt',
          data_source_type: 'upload_file',
          segment_id: 's-1',
          retriever_from: 'workflow',
          score: new PyFloat(0),
          child_chunks: [],
          segment_hit_count: 1,
          segment_word_count: 19,
          segment_position: 2,
          segment_index_node_hash: 'hash',
          doc_metadata: {},
          position: 1,
        },
        title: 'fruit.txt',
        files: null,
        content: 'Bananas are yellow.',
        summary: null,
      },
    ]);
    expect(end.outputs.answer).toMatch(
      /^- \{'metadata': \{'_source': 'knowledge', .*'score': 0\.0, 'child_chunks': \[\].*'summary': None\}$/,
    );
  });

  it('should put the best first and number them, put question and answer together, and fill nothing in for other sources', async () => {
    const found = [
      segmentFactory({ score: 0.1, content: 'last' }),
      segmentFactory({ score: 0.9, content: 'Who?', answer: 'I.' }),
      segmentFactory({ score: 0.4, content: 'outside', dataSourceType: 'external', segment: null, files: [fileValue()] }),
    ];
    const { node } = await play({ found, usage: mockUsage });

    const items = node.outputs.result as { content: string; files: unknown; metadata: Record<string, unknown> }[];
    expect(items.map(({ content, metadata }) => [content, metadata.position])).toEqual([
      ['question:Who? \nanswer:I.', 1],
      ['outside', 2],
      ['last', 3],
    ]);
    expect(Object.keys(items[1]?.metadata ?? {})).not.toContain('segment_id');
    expect(items[1]?.files).toMatchObject([{ facts: { filename: 'cat.png' } }]);
    expect(node.metadata).toMatchObject({ total_tokens: 15 });
  });

  it('should be an empty list of objects when nothing is found', async () => {
    const { end } = await play({ found: [] });

    expect(end.outputs.answer).toBe('');
  });

  it('should show its results to a model, with their sources', async () => {
    const models = mockModels();
    const flow = graphOf(
      {
        start: { type: 'start', variables: [{ variable: 'q', type: 'paragraph' }] },
        kr: { type: 'knowledge-retrieval', query_variable_selector: ['start', 'q'], dataset_ids: ['d-1'], retrieval_mode: 'multiple' },
        llm: {
          type: 'llm',
          model,
          prompt_template: [{ role: 'user', text: '{{#context#}} {{#start.q#}}' }],
          context: { enabled: true, variable_selector: ['kr', 'result'] },
        },
      },
      ['start -> kr -> llm'],
    );
    const retriever = new Shelf({ segments: [segmentFactory()], usage: null });
    const { events } = await runGraph(flow, { inputs: { q: 'yellow' }, ports: { retriever, models } });

    expect(models.lastPrompt).toEqual(['user: {Bananas are yellow.} yellow']);
    expect(events.flatMap((event) => (event.type === 'node_said' ? [event.emission] : []))).toMatchObject([
      { type: 'retriever_resources', resources: [{ position: 1, document_name: 'fruit.txt', hit_count: 1, score: 0.5 }] },
    ]);
  });

  describe('what is asked', () => {
    it('should be how the author set it', async () => {
      const { asked } = await play({
        data: {
          multiple_retrieval_config: {
            top_k: 2,
            score_threshold: null,
            reranking_enable: false,
            reranking_mode: 'weighted_score',
            reranking_model: { provider: '', model: '' },
            weights: {
              vector_setting: { vector_weight: 0.7, embedding_provider_name: 'acme', embedding_model_name: 'embed-1' },
              keyword_setting: { keyword_weight: 0.3 },
            },
          },
        },
      });

      expect(asked).toMatchObject([
        {
          datasetIds: ['d-1'],
          query: 'yellow',
          attachments: [],
          metadata: { mode: 'disabled' },
          strategy: {
            mode: 'multiple',
            settings: {
              topK: 2,
              scoreThreshold: null,
              rerankingEnabled: false,
              rerankingMode: 'weighted_score',
              rerankingModel: null,
              weights: { vectorWeight: 0.7, embeddingProvider: 'acme', embeddingModel: 'embed-1', keywordWeight: 0.3 },
            },
          },
        },
      ]);
    });

    it('should have the defaults where nothing is set', async () => {
      const { asked } = await play();

      expect(asked[0]?.strategy).toEqual({
        mode: 'multiple',
        settings: {
          topK: 4,
          scoreThreshold: null,
          rerankingEnabled: true,
          rerankingMode: 'reranking_model',
          rerankingModel: null,
          weights: null,
        },
      });
    });

    it('should let a model choose one knowledge base', async () => {
      const { asked } = await play({ data: { retrieval_mode: 'single', single_retrieval_config: { model } } });

      expect(asked[0]?.strategy).toEqual({
        mode: 'single',
        model: { provider: 'acme', name: 'chat-1', mode: 'chat', parameters: { temperature: 0 } },
      });
    });

    it('should resolve references in conditions on metadata', async () => {
      const condition = (value: unknown, comparison_operator = 'is') => ({ id: 'x', name: 'year', comparison_operator, value });
      const { asked } = await play({
        inputs: { q: 'yellow', n: 2024 },
        data: {
          metadata_filtering_mode: 'manual',
          metadata_filtering_conditions: {
            logical_operator: 'or',
            conditions: [
              condition('{{#start.n#}}', '='),
              condition(' a\n{{#start.q#}} '),
              condition(7, '>'),
              condition(null, 'empty'),
              condition(['a', 'b'], 'in'),
            ],
          },
        },
      });

      expect(asked[0]?.metadata).toEqual({
        mode: 'manual',
        operator: 'or',
        conditions: [
          { name: 'year', operator: '=', value: 2024 },
          { name: 'year', operator: 'is', value: 'a yellow' },
          { name: 'year', operator: '>', value: 7 },
          { name: 'year', operator: 'empty', value: null },
          { name: 'year', operator: 'in', value: ['a', 'b'] },
        ],
      });
    });

    it('should let a model filter by metadata', async () => {
      const { asked } = await play({ data: { metadata_filtering_mode: 'automatic', metadata_model_config: model } });

      expect(asked[0]?.metadata).toMatchObject({ mode: 'automatic', model: { name: 'chat-1' } });
    });

    it('should hold files where they are asked with', async () => {
      const one = await play({
        inputs: { pic: fileValue() },
        data: { query_variable_selector: null, query_attachment_selector: ['start', 'pic'] },
      });
      const none = await play({ inputs: { q: 'x', pic: [] }, data: { query_attachment_selector: ['start', 'pic'] } });

      expect(one.asked[0]).toMatchObject({ query: null, attachments: [{ facts: { filename: 'cat.png' } }] });
      expect(Object.keys(one.node.inputs ?? {})).toEqual(['attachments']);
      expect(none.asked[0]).toMatchObject({ query: 'x', attachments: [] });
    });
  });

  it('should succeed with nothing when nothing is chosen', async () => {
    const { node, asked } = await play({ data: { query_variable_selector: [], query_attachment_selector: [] } });

    expect(node).toMatchObject({ status: 'succeeded', outputs: {} });
    expect(asked).toEqual([]);
  });

  it.each<[string, Play, string]>([
    ['a query that is no text', { inputs: { q: 3 } }, 'Query variable is not string type.'],
    ['a query that is not there', { inputs: {} }, 'Query variable is not string type.'],
    [
      'attachments that are no files',
      { data: { query_attachment_selector: ['start', 'q'] } },
      'Attachments variable is not array file or file type.',
    ],
  ])('should fail for %s', async (_, options, error) => {
    expect((await play(options)).node).toMatchObject({ status: 'failed', error, errorType: '' });
  });

  it('should fail with the error of the retrieval, or without a retriever', async () => {
    expect((await play({ found: new MockError('over the limit') })).node).toMatchObject({
      status: 'failed',
      error: 'over the limit',
      errorType: 'MockError',
      inputs: { query: 'yellow' },
    });
    expect((await play({ ports: { retriever: undefined } })).node).toMatchObject({ errorType: 'PortMissingError' });
  });

  it.each([
    [{ retrieval_mode: 'single' }, 'single_retrieval_config'],
    [{ metadata_filtering_mode: 'automatic' }, 'metadata_model_config'],
  ])('should refuse %j without its model', (data, field) => {
    expect(testEngine().compile(graph(data)).problems).toMatchObject([{ level: 'error', nodeId: 'kr', field }]);
  });
});
