import type { GraphDocument } from '../graph/graph-document.js';
import { succeeded, type NodeResult } from '../nodes/node-result.js';
import type { NodeContext, NodeType } from '../nodes/node-type.js';
import { scriptedNode } from './workflow.harness.js';

/** Numbers that look random and are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface RandomNode {
  id: string;
  data: Record<string, unknown> & { type: string };
  handles: readonly string[];
}

/**
 * A graph with branches, joins, failures with every error strategy, iterations and loops, made of scripted nodes whose results depend on nothing but the graph:
 * so the result of a run must not depend on scheduling, crashes or resumes.
 */
export function randomGraph(seed: number): GraphDocument {
  const random = seeded(seed);
  const nodes: { id: string; data: Record<string, unknown> }[] = [{ id: 'start', data: { type: 'start', title: 'start', variables: [] } }];
  const edges: Record<string, unknown>[] = [];
  const spine = addNodes({ random, nodes, edges, prefix: 'n', count: 3 + Math.floor(random() * 7), depth: 0, root: 'start' });
  // The end reads only what it waits for: anything else would be a matter of time.
  const awaited = spine.filter(() => random() < 0.6);
  const outputs = awaited.map(({ id }) => ({ variable: id, value_selector: [id, 'value'] }));
  nodes.push({ id: 'end', data: { type: 'end', title: 'end', outputs } });
  for (const { id, handles } of awaited) edges.push({ source: id, sourceHandle: pick(random, handles), target: 'end' });
  edges.push({ source: 'start', sourceHandle: 'source', target: 'end' });
  return { nodes, edges };
}

interface Growth {
  random: () => number;
  nodes: { id: string; data: Record<string, unknown> }[];
  edges: Record<string, unknown>[];
  prefix: string;
  count: number;
  depth: number;
  root: string;
}

function addNodes(growth: Growth): RandomNode[] {
  const { random, nodes, edges, prefix, count, root } = growth;
  const made: RandomNode[] = [{ id: root, data: { type: 'start' }, handles: ['source'] }];
  for (let i = 0; i < count; i += 1) {
    const node = randomNode(growth, `${prefix}${i}`);
    nodes.push({ id: node.id, data: { title: node.id, ...node.data } });
    const parents = new Set(Array.from({ length: 1 + Math.floor(random() * 2) }, () => pick(random, made)));
    for (const parent of parents) edges.push({ source: parent.id, sourceHandle: pick(random, parent.handles), target: node.id });
    made.push(node);
  }
  return made.slice(1);
}

function randomNode(growth: Growth, id: string): RandomNode {
  const { random, depth } = growth;
  const kind = random();
  if (kind < 0.2) return { id, data: { type: 'choose', choice: Math.floor(random() * 3) }, handles: ['left', 'right', 'middle'] };
  if (kind < 0.45) return failing(random, id);
  if (kind < 0.55 && depth < 2) return container(growth, id, 'iteration');
  if (kind < 0.65 && depth < 2) return container(growth, id, 'loop');
  if (kind < 0.75) return { id, data: { type: 'stream' }, handles: ['source'] };
  if (kind < 0.8) return { id, data: { type: 'answer', answer: `<${id}>` }, handles: ['source'] };
  return { id, data: { type: 'work', isSlow: random() < 0.5 }, handles: ['source'] };
}

function failing(random: () => number, id: string): RandomNode {
  const strategy = pick(random, ['fail-branch', 'fail-branch', 'default-value', 'default-value', null]);
  const data = {
    type: 'work',
    isSlow: random() < 0.5,
    failures: Math.floor(random() * 3),
    retry_config: { retry_enabled: random() < 0.5, max_retries: 1, retry_interval: random() < 0.5 ? 0 : 5 },
    error_strategy: strategy,
    default_value: [{ key: 'value', type: 'string', value: `default of ${id}` }],
  };
  return { id, data, handles: strategy === 'fail-branch' ? ['source', 'fail-branch'] : ['source'] };
}

function container(growth: Growth, id: string, type: 'iteration' | 'loop'): RandomNode {
  const { random, nodes } = growth;
  const start = `${id}s`;
  nodes.push({ id: start, data: { type: `${type}-start`, title: start } });
  const inner = addNodes({ ...growth, prefix: `${id}x`, count: 1 + Math.floor(random() * 3), depth: growth.depth + 1, root: start });
  const last = inner.at(-1) as RandomNode;
  const data =
    type === 'iteration'
      ? {
          type,
          iterator_selector: ['sys', 'list'],
          output_selector: [last.id, 'value'],
          start_node_id: start,
          is_parallel: random() < 0.5,
          parallel_nums: 2,
          error_handle_mode: pick(random, ['terminated', 'continue-on-error', 'remove-abnormal-output']),
        }
      : { type, loop_count: 1 + Math.floor(random() * 3), start_node_id: start, break_conditions: [], loop_variables: [] };
  return { id, data, handles: ['source'] };
}

function pick<T>(random: () => number, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** The scripted nodes of random graphs. `order` decides which of several slow nodes ends first. `started` is told of every attempt. */
export function randomGraphTypes(order: () => number, started: (context: NodeContext) => void = () => undefined): NodeType[] {
  const later = async (context: NodeContext): Promise<void> => {
    for (let turns = Math.floor(order() * 4); turns >= 0; turns -= 1) await new Promise(setImmediate);
    context.signal.throwIfAborted();
  };
  const work = (data: Record<string, unknown>, context: NodeContext): NodeResult => {
    if (context.attempt < Number(data.failures ?? 0))
      return { status: 'failed', error: `failure ${context.attempt}`, errorType: 'TestError' };
    return succeeded({ value: `value of ${context.nodeId}` });
  };
  return [
    {
      type: 'work',
      version: '1',
      execution: 'executable',
      compile: (data) => ({
        reads: {},
        repeatable: true,
        run: (context) => {
          started(context);
          return data.isSlow === true ? later(context).then(() => work(data, context)) : work(data, context);
        },
      }),
    },
    {
      type: 'choose',
      version: '1',
      execution: 'branch',
      compile: (data) => ({
        reads: {},
        repeatable: true,
        handles: ['left', 'right', 'middle'],
        run: (context) => {
          started(context);
          return { status: 'succeeded', outputs: { value: 'chosen' }, handle: ['left', 'right', 'middle'][Number(data.choice)] ?? 'left' };
        },
      }),
    },
    scriptedNode(
      'stream',
      async (context) => {
        started(context);
        context.stream('value', `piece of ${context.nodeId} `);
        await later(context);
        context.stream('value', 'end');
        return succeeded({ value: `piece of ${context.nodeId} end` });
      },
      { streams: ['value'] },
    ),
  ];
}
