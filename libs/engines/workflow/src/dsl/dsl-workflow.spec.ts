import { PyFloat } from '#common';
import { parseDsl } from './parse-dsl.js';
import { workflowOf } from './dsl-workflow.js';

describe('workflowOf', () => {
  it('should give the engine plain numbers, and floats where Python would show them', () => {
    const { document } = parseDsl(`
app: {name: x, mode: advanced-chat}
workflow:
  graph:
    viewport: {zoom: 1.0}
    nodes:
    - {id: a, position: {x: 1.0, y: 2.5}, data: {type: assigner, items: [{value: 1.0}], loop_count: 3.0}}
    edges: [{source: a, target: b}]
  environment_variables: [{name: n, value_type: number, value: 2.0}, {name: i, value_type: number, value: 2}]
  conversation_variables: [{id: c, name: l, value_type: 'array[number]', value: [1.0, 2]}]
`);
    const { workflow, problems } = workflowOf(document!);

    expect(problems).toEqual([]);
    expect(workflow?.graph).toEqual({
      viewport: { zoom: 1 },
      nodes: [{ id: 'a', position: { x: 1, y: 2.5 }, data: { type: 'assigner', items: [{ value: new PyFloat(1) }], loop_count: 3 } }],
      edges: [{ source: 'a', target: 'b' }],
    });
    expect(workflow?.environment).toEqual([
      { id: '', name: 'n', description: '', type: 'float', value: new PyFloat(2) },
      { id: '', name: 'i', description: '', type: 'integer', value: 2 },
    ]);
    expect(workflow?.conversation).toMatchObject([{ id: 'c', name: 'l', type: 'array[number]', value: [new PyFloat(1), 2] }]);
  });

  it('should be null for apps without a graph', () => {
    const { document } = parseDsl('app: {name: x, mode: chat}\nmodel_config: {pre_prompt: hi}\n');

    expect(workflowOf(document!)).toEqual({ workflow: null, problems: [] });
  });
});
