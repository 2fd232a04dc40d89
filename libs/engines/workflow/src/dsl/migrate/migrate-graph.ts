import { isMapping, mappingAt, mappingsIn, textIn, type ContentNode } from '../content.js';
import type { DslContent } from '../dsl-document.js';
import type { ChangeLog } from './dsl-change.js';
import { migrationsFor } from './node-migrations.js';

/** Brings the old forms in a graph to the new ones, in place. */
export function migrateGraph(graph: DslContent, log: ChangeLog): void {
  const nodes = mappingsIn(graph.nodes).flatMap((node) => nodeOf(node));
  for (const node of nodes) for (const migrate of migrationsFor(node.type)) migrate(node, log);
  for (const node of nodes) if (node.type === 'iteration' || node.type === 'loop') addStart(node, nodes, graph, log);
  migrateEdges(mappingsIn(graph.edges), log);
}

function nodeOf(node: DslContent): ContentNode[] {
  const id = textIn(node.id);
  if (id === undefined || node.type === 'custom-note' || !isMapping(node.data)) return [];
  return [{ id, title: textIn(node.data.title) ?? '', type: textIn(node.data.type) ?? '', node, data: node.data }];
}

function migrateEdges(edges: readonly DslContent[], log: ChangeLog): void {
  let withoutHandle = 0;
  for (const edge of edges) {
    if (textIn(edge.sourceHandle) === undefined) {
      edge.sourceHandle = 'source';
      withoutHandle += 1;
    }
    if (textIn(edge.targetHandle) === undefined) edge.targetHandle = 'target';
  }
  if (withoutHandle > 0)
    log.add('EDGE_HANDLES', 'workflow.graph.edges', `${String(withoutHandle)} edges without a handle start at the handle source.`);
}

/** A container whose rounds begin at an ordinary node gets a start node before it. */
function addStart(container: ContentNode, nodes: readonly ContentNode[], graph: DslContent, log: ChangeLog): void {
  const first = nodes.find(({ id }) => id === container.data.start_node_id);
  const kind = container.type;
  if (first === undefined || first.type === `${kind}-start`) return;
  const id = `${container.id}start`;
  if (nodes.some((node) => node.id === id)) return;
  const inside = { [kind === 'iteration' ? 'isInIteration' : 'isInLoop']: true };
  const height = mappingAt(container.node, 'position');
  (graph.nodes as DslContent[]).push({
    id,
    type: `custom-${kind}-start`,
    parentId: container.id,
    position: { x: 24, y: 68 },
    positionAbsolute: { x: Number(height.x ?? 0) + 24, y: Number(height.y ?? 0) + 68 },
    draggable: false,
    selectable: false,
    width: 44,
    height: 48,
    sourcePosition: 'right',
    targetPosition: 'left',
    zIndex: 1002,
    data: { type: `${kind}-start`, title: '', desc: '', ...inside },
  });
  if (!Array.isArray(graph.edges)) graph.edges = [];
  graph.edges.push({
    id: `${id}-source-${first.id}-target`,
    type: 'custom',
    source: id,
    sourceHandle: 'source',
    target: first.id,
    targetHandle: 'target',
    data: { sourceType: `${kind}-start`, targetType: first.type, ...inside, [`${kind}_id`]: container.id },
    zIndex: 1002,
  });
  container.data.start_node_id = id;
  log.addTo(container, 'CONTAINER_START', 'start_node_id', `Its rounds begin at a start node of their own, before "${first.title}".`);
}
