import { sameVariable, type Selector } from '../pool/selector.js';
import type { GraphEdge, GraphNode } from '../graph/compiled-graph.js';
import type { ResponseTemplate } from './response-template.js';

/** What one response node streams, and which edges must be taken before it may. */
export interface ResponseSession {
  /** Place of the response node in its sub-graph. */
  readonly node: number;
  readonly template: ResponseTemplate;
  /** 1 for each edge that must have been taken on a path to the node (contract workflow-engine 5.1). */
  readonly blocking: Uint8Array;
}

/** The response nodes of a sub-graph. */
export interface ResponsePlan {
  readonly sessions: readonly ResponseSession[];
  /** Variables that some session shows, as `streamKey` names them; pieces of all others are not kept. */
  readonly shown: ReadonlySet<string>;
}

/** One text for a variable. */
export function streamKey(nodeId: string, name: string): string {
  return `${nodeId}\u0000${name}`;
}

export function planResponses(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): ResponsePlan {
  const sessions: ResponseSession[] = [];
  const shown = new Set<string>();
  nodes.forEach((node, index) => {
    const template = node.compiled.response;
    if (template === undefined) return;
    const selectors = template.flatMap((part) => ('selector' in part ? [part.selector] : []));
    for (const selector of selectors) if (selector.length === 2) shown.add(streamKey(selector[0] as string, selector[1] as string));
    sessions.push({
      node: index,
      template,
      blocking: Uint8Array.from(edges, (edge) => (blocks(nodes[edge.source] as GraphNode, selectors) ? 1 : 0)),
    });
  });
  return { sessions, shown };
}

function blocks(source: GraphNode, shown: readonly Selector[]): boolean {
  if (source.isBranch || source.type.execution === 'container' || source.type.execution === 'response') return true;
  return source.compiled.writes?.some((written) => shown.some((selector) => sameVariable(selector, written))) ?? false;
}
