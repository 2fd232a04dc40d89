import { BuiltinTools, builtinProviders } from '#engines/tools';
import { mockModels } from '../../testing/mock-models.js';
import { dslWith } from '../../testing/dsl.factory.js';
import { runGraph } from '../../testing/workflow.harness.js';
import { checkDsl } from '../check-dsl.js';
import type { DslDocument } from '../dsl-document.js';
import { workflowOf } from '../dsl-workflow.js';
import { builtinToolsPort } from '../../tools/builtin-tools-port.js';
import { NodeRegistry } from '../../nodes/node-registry.js';
import { nodeTypes } from '../../nodes/node-types.js';
import { migrateDsl } from './migrate-dsl.js';

const condition = { id: 'c', variable_selector: ['start', 'query'], comparison_operator: 'contains', value: 'hello' };
const model = { provider: 'openai', name: 'gpt-4o', mode: 'chat', completion_params: {} };

/** A file of version 0.1.2 with every old form that our nodes know. */
const old = (): DslDocument =>
  dslWith(
    {
      start: {
        type: 'start',
        variables: [
          { variable: 'query', type: 'text-input' },
          { variable: 'list', type: 'paragraph' },
        ],
      },
      ask: { type: 'if-else', logical_operator: 'or', conditions: [condition] },
      llm: {
        type: 'llm',
        model,
        prompt_template: [{ role: 'user', text: '{{#start.query#}}' }],
        prompt_config: null,
        memory: {},
        context: { enabled: false, variable_selector: [] },
        vision: { enabled: false, configs: null },
      },
      split: {
        type: 'parameter-extractor',
        model,
        query: ['start', 'query'],
        parameters: [
          { name: 'yes', type: 'bool', required: false, description: '' },
          { name: 'kind', type: 'select', options: ['a'], required: false, description: '' },
        ],
        reasoning_mode: null,
      },
      each: {
        type: 'iteration',
        iterator_selector: ['sys', 'list'],
        output_selector: ['inner', 'output'],
        start_node_id: 'inner',
        isInLoop: false,
      },
      inner: { type: 'variable-assigner', output_type: 'any', variables: [['each', 'item']], isInIteration: true, iteration_id: 'each' },
      end: {
        type: 'end',
        outputs: [
          { variable: 'text', value_selector: ['llm', 'text'], value_type: 'String' },
          { variable: 'list', value_selector: ['each', 'output'] },
        ],
      },
      no: { type: 'end', outputs: [{ variable: 'no', value_selector: ['start', 'query'] }] },
    },
    ['start -> ask', 'ask:true -> llm', 'llm -> split', 'split -> each', 'each -> end', 'ask:false -> no'],
    {
      version: '0.1.2',
      app: { icon: '🤖', icon_type: null },
      workflow: {
        features: { file_upload: { image: { enabled: true, number_limits: 2, transfer_methods: ['local_file'] } }, more: 1 },
        conversation_variables: [{ id: 'v', name: 'seen', value_type: 'array[string]', value: [] }],
      },
    },
  );

const run = async (document: DslDocument, query: string) => {
  return runGraph(workflowOf(document).workflow!.graph, {
    inputs: { query },
    run: { system: { list: ['a', ['b']] } },
    ports: { models: mockModels('{"yes": true, "kind": "a"}') },
  });
};

describe('migrateDsl', () => {
  it('should write every old form in the new way and say so', () => {
    const { document, changes } = migrateDsl(old());

    expect(changes.map(({ code, nodeId, field }) => `${code} ${nodeId ?? '-'} ${field ?? ''}`)).toEqual([
      'VERSION - version',
      'ICON_TYPE - app.icon_type',
      'FILE_UPLOAD - workflow.features.file_upload.image',
      'CASES_FROM_CONDITIONS ask cases',
      'PROVIDER_ID llm model.provider',
      'REASONING_FORMAT llm reasoning_format',
      'MEMORY_WINDOW llm memory',
      'PROVIDER_ID split model.provider',
      'PARAMETER_TYPE split parameters.0.type',
      'PARAMETER_TYPE split parameters.1.type',
      'REASONING_MODE split reasoning_mode',
      'FLATTEN_OUTPUT each flatten_output',
      'NODE_TYPE inner type',
      'OUTPUT_TYPE end outputs.0.value_type',
      'OUTPUT_TYPE end outputs.1.value_type',
      'OUTPUT_TYPE no outputs.0.value_type',
      'CONTAINER_START each start_node_id',
      'EDGE_HANDLES - workflow.graph.edges',
    ]);
    expect(document).toMatchObject({ version: '0.6.0', mode: 'workflow', kind: 'app' });
    expect(document.content).toMatchObject({
      version: '0.6.0',
      app: { icon_type: 'emoji', icon_background: '#FFFFFF', description: '', use_icon_as_answer_icon: false },
      workflow: {
        environment_variables: [],
        rag_pipeline_variables: [],
        conversation_variables: [{ id: 'v', selector: ['conversation', 'seen'], description: '' }],
        features: {
          more: 1,
          file_upload: {
            enabled: true,
            number_limits: 2,
            allowed_file_upload_methods: ['local_file'],
            allowed_file_types: ['image'],
            allowed_file_extensions: [],
          },
        },
      },
    });
    expect(JSON.stringify(document.content)).not.toContain('"image":{');
  });

  it.each(['say hello', 'bye'])('should change nothing of what a run gives (%s)', async (query) => {
    const before = old();
    const { document } = migrateDsl(before);

    const [then, now] = [await run(before, query), await run(document, query)];

    expect(then.end.type).toBe('run_succeeded');
    expect(now.end.outputs).toEqual(then.end.outputs);
    // The start node that was added is seen by nobody outside (contract workflow-engine 7.16).
    expect(now.lines.filter((line) => !line.includes('eachstart'))).toEqual(then.lines);
  });

  it('should change nothing the second time, and leave the first document as it was', () => {
    const before = old();
    const { document } = migrateDsl(before);

    expect(migrateDsl(document)).toEqual({ document, changes: [] });
    expect(before).toEqual(old());
  });

  it('should make a document without problems', () => {
    expect(checkDsl(migrateDsl(old()).document, new NodeRegistry(nodeTypes))).toEqual([]);
  });

  it('should keep the graph when asked to', () => {
    const before = old();
    const { document, changes } = migrateDsl(before, { keepGraph: true });

    expect((document.content.workflow as Record<string, unknown>).graph).toEqual(
      (before.content.workflow as Record<string, unknown>).graph,
    );
    expect(changes.map(({ code }) => code)).toEqual(['VERSION', 'ICON_TYPE', 'FILE_UPLOAD']);
  });

  it('should write old tools and requests anew', () => {
    const document = dslWith({
      start: { type: 'start', variables: [] },
      tool: {
        type: 'tool',
        provider_id: 'jina',
        provider_type: 'builtin',
        tool_name: 'jina_reader',
        tool_parameters: { url: { type: 'mixed', value: 'x' }, a: null, b: { type: 'mixed', value: null }, c: 5 },
      },
      time: { type: 'tool', provider_id: 'time', provider_type: 'builtin', tool_name: 'current_time', tool_parameters: {} },
      api: { type: 'tool', provider_id: 'mine', provider_type: 'api', tool_name: 'x', tool_parameters: {} },
      post: { type: 'http-request', body: { type: 'json', data: '{"a": 1}' } },
      get: { type: 'http-request', body: { type: 'none', data: '' } },
      set: { type: 'assigner', write_mode: 'clear', assigned_variable_selector: ['conversation', 'a'] },
      google: { type: 'knowledge-retrieval', multiple_retrieval_config: { reranking_model: { provider: 'google', model: 'm' } } },
    });

    const { nodes } = (migrateDsl(document).document.content.workflow as { graph: { nodes: { id: string; data: object }[] } }).graph;

    expect(Object.fromEntries(nodes.map(({ id, data }) => [id, data]))).toMatchObject({
      tool: { provider_id: 'langgenius/jina_tool/jina', tool_parameters: { url: { type: 'mixed', value: 'x' } } },
      time: { provider_id: 'time' },
      api: { provider_id: 'mine' },
      post: { body: { type: 'json', data: [{ key: '', type: 'text', value: '{"a": 1}' }] } },
      get: { body: { type: 'none', data: [] } },
      set: { version: '1' },
      google: { multiple_retrieval_config: { reranking_model: { provider: 'langgenius/gemini/google' } } },
    });
    expect(Object.keys((nodes[1]!.data as { tool_parameters: object }).tool_parameters)).toEqual(['url']);
  });

  describe('with settings of old tools', () => {
    const toolWith = (more: Record<string, unknown>): DslDocument =>
      dslWith(
        {
          start: { type: 'start', variables: [] },
          tool: {
            type: 'tool',
            provider_id: 'time',
            provider_type: 'builtin',
            provider_name: 'time',
            tool_name: 'current_time',
            tool_parameters: {},
            ...more,
          },
          end: { type: 'end', outputs: [{ variable: 'text', value_selector: ['tool', 'text'], value_type: 'any' }] },
        },
        ['start:source -> tool', 'tool:source -> end'],
        { app: { icon_type: 'emoji' } },
      );
    const dataOf = (document: DslDocument): Record<string, unknown> =>
      workflowOf(document).workflow!.graph.nodes.find(({ id }) => id === 'tool')!.data;

    it('should write plain values as constants, as the console does', () => {
      // The settings of a file of the corpus, 042-48c18188.yml.
      const settings = { format: '%Y-%m-%d %H:%M:%S', timezone: 'Asia/Shanghai', summary: 0, ratio: 1.5, on: true, proxy_server: null };
      const { document, changes } = migrateDsl(toolWith({ tool_configurations: settings }));

      expect(changes).toMatchObject([{ code: 'TOOL_CONFIGURATIONS', nodeId: 'tool', field: 'tool_configurations' }]);
      expect(dataOf(document)).toMatchObject({
        tool_node_version: '2',
        tool_configurations: {
          format: { type: 'constant', value: '%Y-%m-%d %H:%M:%S' },
          timezone: { type: 'constant', value: 'Asia/Shanghai' },
          summary: { type: 'constant', value: 0 },
          ratio: { type: 'constant', value: 1.5 },
          on: { type: 'constant', value: true },
          proxy_server: { type: 'constant', value: '' },
        },
      });
      expect(migrateDsl(document).changes).toEqual([]);
    });

    it.each([
      ['a reference', { tool_configurations: { format: '{{#sys.query#}}' } }],
      ['false, which takes the default', { tool_configurations: { on: false } }],
      ['a number that is no plain one as a text', { tool_configurations: { least: 1e-7 } }],
      ['more than a plain value', { tool_configurations: { model: { provider: 'openai' } } }],
      ['the form of new tools', { tool_configurations: { format: '%H' }, tool_node_version: '2' }],
      ['nothing', { tool_configurations: {} }],
    ])('should leave a tool with %s as it is', (_, more) => {
      const before = toolWith(more);
      const { document, changes } = migrateDsl(before);

      expect(changes).toEqual([]);
      expect(dataOf(document)).toEqual(dataOf(before));
    });

    it.each([
      [{ format: '%H', timezone: 'Asia/Shanghai' }, '16'],
      [{ format: '%Y', timezone: null }, '2026'],
      [{ format: null, timezone: 'UTC' }, '2026-11-23 08:03:46'],
    ])('should change nothing of what a tool gives with %j', async (tool_configurations, text) => {
      const before = toolWith({ tool_configurations });
      const now = Date.UTC(2026, 10, 23, 8, 3, 46);
      const ports = {
        tools: builtinToolsPort({ tools: new BuiltinTools(builtinProviders), ports: { clock: { now: () => now } }, tenantId: 't' }),
      };

      for (const document of [before, migrateDsl(before).document]) {
        const told = await runGraph(workflowOf(document).workflow!.graph, { ports });
        expect(told.end).toMatchObject({ type: 'run_succeeded', outputs: { text } });
      }
    });
  });
});
