// Graphs that `npm run bench -- engine` runs: nodes of each kind alone, in a row, beside each other, and in containers.

export const START = { start: { type: 'start', variables: [] } };
export const END = { end: { type: 'end', outputs: [] } };
export const template = {
  type: 'template-transform',
  template: 'Hello {{ name }}',
  variables: [{ variable: 'name', value_selector: ['sys', 'user_id'] }],
};
export const ifElse = {
  type: 'if-else',
  cases: [
    {
      case_id: 'true',
      logical_operator: 'and',
      conditions: [{ variable_selector: ['sys', 'user_id'], comparison_operator: 'is', value: 'user' }],
    },
  ],
};
export const assigner = {
  type: 'assigner',
  version: '2',
  items: [{ variable_selector: ['conversation', 'count'], input_type: 'constant', operation: 'set', value: 1 }],
};
export const aggregator = { type: 'variable-aggregator', output_type: 'string', variables: [['sys', 'user_id']] };
export const llm = {
  type: 'llm',
  model: { provider: 'bench', name: 'bench', mode: 'chat', completion_params: {} },
  prompt_template: [{ role: 'user', text: 'Say something.' }],
  context: { enabled: false },
  vision: { enabled: false },
};

/** Ten nodes of a kind between start and end. */
export function tenOf(data) {
  return chain({ ...START, ...Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`n${String(index)}`, data])), ...END });
}

/** Nodes by id, in a row from the first to the last. */
export function chain(nodes) {
  const ids = Object.keys(nodes);
  return graph(
    nodes,
    ids.slice(1).map((id, index) => [ids[index], nodes[ids[index]].type === 'if-else' ? 'true' : 'source', id]),
  );
}

function graph(nodes, edges) {
  return {
    nodes: Object.entries(nodes).map(([id, { parentId, ...data }]) => ({
      id,
      type: 'custom',
      ...(parentId && { parentId }),
      data: { title: id, ...data },
    })),
    edges: edges.map(([source, sourceHandle, target]) => ({ source, sourceHandle, target, targetHandle: 'target' })),
  };
}

/** Ten templates between start and end, none behind another. */
export function branchGraph() {
  const nodes = { ...START };
  const edges = [];
  for (let index = 0; index < 10; index += 1) {
    nodes[`b${String(index)}`] = template;
    edges.push(['start', 'source', `b${String(index)}`], [`b${String(index)}`, 'source', 'end']);
  }
  return graph({ ...nodes, ...END }, edges);
}

/** A model says each item again. */
export function iterationGraph(errorMode) {
  return graph(
    {
      start: { type: 'start', variables: [] },
      iteration: {
        type: 'iteration',
        iterator_selector: ['sys', 'items'],
        output_selector: ['inner', 'text'],
        output_type: 'array[string]',
        start_node_id: 'begin',
        is_parallel: true,
        parallel_nums: 50,
        error_handle_mode: errorMode,
      },
      begin: { type: 'iteration-start', parentId: 'iteration', isInIteration: true },
      inner: { ...llm, prompt_template: [{ role: 'user', text: '{{#iteration.item#}}' }], parentId: 'iteration', isInIteration: true },
      end: { type: 'end', outputs: [{ variable: 'list', value_selector: ['iteration', 'output'] }] },
    },
    [
      ['start', 'source', 'iteration'],
      ['begin', 'source', 'inner'],
      ['iteration', 'source', 'end'],
    ],
  );
}

/** A hundred rounds of a template. */
export function loopGraph() {
  return graph(
    {
      start: { type: 'start', variables: [] },
      loop: {
        type: 'loop',
        loop_count: 100,
        start_node_id: 'begin',
        break_conditions: [],
        logical_operator: 'and',
        loop_variables: [{ id: 'n', label: 'n', var_type: 'number', value_type: 'constant', value: 0 }],
      },
      begin: { type: 'loop-start', parentId: 'loop', isInLoop: true },
      inner: { ...template, parentId: 'loop', isInLoop: true },
      end: { type: 'end', outputs: [] },
    },
    [
      ['start', 'source', 'loop'],
      ['begin', 'source', 'inner'],
      ['loop', 'source', 'end'],
    ],
  );
}
