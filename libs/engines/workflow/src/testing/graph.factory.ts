import type { GraphDocument } from '../graph/graph-document.js';

type Data = Record<string, unknown>;

/** Builds graphs for tests: nodes by id, edges as `a -> b` or `a:handle -> b`. */
export function graphOf(nodes: Record<string, Data & { type: string }>, edges: readonly string[]): GraphDocument {
  return {
    nodes: Object.entries(nodes).map(([id, data]) => ({ id, type: 'custom', data: { title: id, ...data } })),
    edges: edges.flatMap((line) => {
      const steps = line.split('->').map((step) => step.trim());
      return steps.slice(1).map((target, index) => {
        const [source = '', handle = 'source'] = (steps[index] ?? '').split(':');
        return { source, sourceHandle: handle, target: target.split(':')[0], targetHandle: 'target' };
      });
    }),
  };
}
