import { NodeRegistry } from '../nodes/node-registry.js';
import { nodeTypes } from '../nodes/node-types.js';
import { dslWith } from '../testing/dsl.factory.js';
import { checkDsl } from './check-dsl.js';
import type { DslDocument } from './dsl-document.js';
import { parseDsl } from './parse-dsl.js';

const registry = new NodeRegistry(nodeTypes);
const told = (document: DslDocument): string[] =>
  checkDsl(document, registry).map(({ level, code, nodeId, field }) => [level, code, nodeId, field].filter(Boolean).join(' '));
const start = { type: 'start', variables: [] };
const end = { type: 'end', outputs: [] };

describe('checkDsl', () => {
  it('should find nothing in a good file', () => {
    expect(told(dslWith({ start, end }, ['start -> end']))).toEqual([]);
  });

  it('should name node and field of what the graph has wrong', () => {
    const document = dslWith(
      {
        start,
        ask: {
          type: 'if-else',
          title: 'Ask',
          cases: [{ case_id: 'a', conditions: [{ variable_selector: ['start', 'q'], comparison_operator: 'like' }] }],
        },
        x: { type: 'no-such' },
      },
      ['start -> ask', 'ask:a -> x', 'ask -> gone'],
    );
    expect(told(document)).toEqual([
      'error MISSING_NODE gone',
      'error INVALID_NODE_CONFIG ask cases.0.conditions.0.comparison_operator',
      'error UNKNOWN_NODE_TYPE x type',
    ]);
    expect(checkDsl(document, registry).at(-1)).toMatchObject({ nodeTitle: 'x', message: expect.stringContaining('no-such') as string });
  });

  it('should check the variables', () => {
    const environment_variables = [
      { value_type: 'string', value: '' },
      { name: 'a', value: 1 },
      { name: 'b', value_type: 'string' },
      { name: 'c', value_type: 'file', value: 1 },
      { name: 'd', value_type: 'string', value: 1 },
      { name: 'e', value_type: 'string', value: 'x'.repeat(200 * 1024) },
      { name: 'f', value_type: 'secret', value: 'hunter2' },
      { name: 'f', value_type: 'secret', value: '' },
    ];
    const document = dslWith({ start, end }, ['start -> end'], { workflow: { environment_variables } });
    expect(told(document)).toEqual([
      'error INVALID_VARIABLE workflow.environment_variables.0.name',
      'error INVALID_VARIABLE workflow.environment_variables.1.value_type',
      'error INVALID_VARIABLE workflow.environment_variables.2.value',
      'error INVALID_VARIABLE workflow.environment_variables.3.value_type',
      'error INVALID_VARIABLE workflow.environment_variables.4.value',
      'error INVALID_VARIABLE workflow.environment_variables.5.value',
      'warning SECRET_IN_FILE workflow.environment_variables.6.value',
      'warning DUPLICATE_VARIABLE workflow.environment_variables.7.name',
    ]);
    expect(JSON.stringify(checkDsl(document, registry))).not.toContain('hunter2');
  });

  it('should find variables that nobody declares, in containers too', () => {
    const each = {
      type: 'iteration',
      iterator_selector: ['conversation', 'list'],
      output_selector: ['in', 'output'],
      start_node_id: 'first',
    };
    const inner = {
      type: 'variable-aggregator',
      output_type: 'string',
      variables: [
        ['env', 'key'],
        ['env', 'known'],
      ],
    };
    const document = dslWith(
      { start, each, first: { type: 'iteration-start' }, in: inner, end },
      ['start -> each', 'each -> end', 'first -> in'],
      {
        workflow: { environment_variables: [{ name: 'known', value_type: 'string', value: '' }] },
      },
    );
    expect(checkDsl(document, registry).map(({ message }) => message)).toEqual([
      'Node "each" (each): It uses the variable conversation.list, which the file does not declare.',
      'Node "in" (in): It uses the variable env.key, which the file does not declare.',
    ]);
  });

  it('should tell what does not fit the mode or the workspace', () => {
    const answer = { type: 'answer', answer: 'Hi' };
    const find = {
      type: 'knowledge-retrieval',
      dataset_ids: ['eGaXRhYmxl'],
      query_variable_selector: ['sys', 'query'],
      retrieval_mode: 'single',
    };
    const document = dslWith({ start, hook: { type: 'trigger-webhook' }, find, answer }, ['start -> find', 'find -> answer']);
    expect(told(document)).toEqual(
      expect.arrayContaining([
        'error START_AND_TRIGGER hook type',
        'warning MISPLACED_NODE answer type',
        'warning FOREIGN_DATASET find dataset_ids.0',
      ]),
    );
  });

  it('should check documents without a graph', () => {
    const { document } = parseDsl(
      'version: 0.6.0\napp: {name: x, mode: chat}\nmodel_config: {model: {name: m}}\ndependencies: [{type: npm}]\n',
    );
    expect(told(document!)).toEqual(['warning INVALID_DEPENDENCY dependencies.0', 'warning MODEL_NOT_CHOSEN model_config.model.provider']);
  });

  it('should survive a graph that is none', () => {
    for (const graph of [null, [], 'x', { nodes: {}, edges: 5 }, { nodes: [1, null, { id: 'a' }], edges: [[], 1] }])
      expect(told(dslWith({}, [], { workflow: { graph } }))).toContain('error INVALID_ROOT');
  });
});
