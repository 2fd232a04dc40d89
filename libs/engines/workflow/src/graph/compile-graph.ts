import { isJsonObject } from '#common';
import { ZodError } from 'zod';
import { NodeConfigError, type NodeData } from '../nodes/node-type.js';
import type { NodeRegistry } from '../nodes/node-registry.js';
import { isReservedNode } from '../pool/selector.js';
import { planResponses } from '../streaming/response-plan.js';
import type { GraphProblem } from '../workflow.errors.js';
import { DEFAULT_HANDLE, FAIL_HANDLE, type CompiledGraph, type GraphEdge, type GraphNode, type SubGraph } from './compiled-graph.js';
import { readErrorPolicy } from './error-policy.js';
import type { GraphDocument } from './graph-document.js';

export interface CompileOptions {
  registry: NodeRegistry;
  /** The node the run starts at. Default: the first root node in file order. */
  rootNodeId?: string;
}

interface RawEdge {
  source: string;
  target: string;
  handle: string;
}

/** Reads a graph once. Never throws for what is wrong with it: that is in `problems`, with node and field. */
export function compileGraph(document: GraphDocument, options: CompileOptions): CompiledGraph {
  return new GraphCompiler(document, options).compile();
}

class GraphCompiler {
  private readonly problems: GraphProblem[] = [];
  /** `data` of the nodes, by id. */
  private readonly documents = new Map<string, Record<string, unknown>>();
  private readonly edges: RawEdge[] = [];
  private readonly outgoing = new Map<string, RawEdge[]>();
  private readonly compiled = new Map<string, GraphNode | null>();
  private readonly inner = new Map<string, SubGraph>();

  constructor(
    private readonly document: GraphDocument,
    private readonly options: CompileOptions,
  ) {}

  compile(): CompiledGraph {
    this.readNodes();
    this.readEdges();
    const root = this.findRoot();
    const main = root === undefined ? emptySubGraph() : this.subGraph(root, '');
    this.checkSelectors();
    this.checkUnreached();
    return { main, inner: this.inner, problems: this.problems };
  }

  private readNodes(): void {
    const nodes: readonly unknown[] = Array.isArray(this.document.nodes) ? this.document.nodes : [];
    for (const node of nodes) {
      if (!isJsonObject(node) || typeof node.id !== 'string' || node.id === '') {
        this.problems.push({ level: 'warning', code: 'NODE_WITHOUT_ID', message: 'A node without an id is left out.' });
        continue;
      }
      if (node.type === 'custom-note') continue;
      if (this.documents.has(node.id))
        this.problems.push({
          level: 'warning',
          code: 'DUPLICATE_NODE',
          message: `Two nodes have the id ${node.id}; the last one counts.`,
          nodeId: node.id,
        });
      this.documents.set(node.id, isJsonObject(node.data) ? node.data : {});
    }
  }

  private readEdges(): void {
    const edges: readonly unknown[] = Array.isArray(this.document.edges) ? this.document.edges : [];
    const seen = new Set<string>();
    for (const edge of edges) {
      if (!isJsonObject(edge)) continue;
      const { source, target } = edge;
      if (typeof source !== 'string' || typeof target !== 'string' || source === '' || target === '') continue;
      const handle = typeof edge.sourceHandle === 'string' && edge.sourceHandle !== '' ? edge.sourceHandle : DEFAULT_HANDLE;
      const missing = [source, target].filter((id) => !this.documents.has(id));
      if (missing.length > 0) {
        // Edges of notes and of nodes that were deleted: the graph can't mean anything by them.
        for (const id of missing)
          this.problems.push({
            level: 'error',
            code: 'MISSING_NODE',
            message: `An edge names the node ${id}, which does not exist.`,
            nodeId: id,
          });
        continue;
      }
      const key = JSON.stringify([source, target, handle]);
      if (seen.has(key)) continue;
      seen.add(key);
      const raw = { source, target, handle };
      this.edges.push(raw);
      const out = this.outgoing.get(source);
      if (out) out.push(raw);
      else this.outgoing.set(source, [raw]);
    }
  }

  private findRoot(): string | undefined {
    const { rootNodeId, registry } = this.options;
    if (rootNodeId !== undefined) {
      if (this.documents.has(rootNodeId)) return rootNodeId;
      this.problems.push({
        level: 'error',
        code: 'MISSING_NODE',
        message: `The root node ${rootNodeId} does not exist.`,
        nodeId: rootNodeId,
      });
      return undefined;
    }
    for (const [id, data] of this.documents) if (registry.find(data)?.execution === 'root') return id;
    this.problems.push({ level: 'error', code: 'INVALID_ROOT', message: 'The graph has no start node and no trigger.' });
    return undefined;
  }

  /** Everything that can be reached from a root, in the order it is reached. */
  private subGraph(rootId: string, containerId: string): SubGraph {
    const ids = this.reach(rootId);
    const nodes: GraphNode[] = [];
    const indexOf = new Map<string, number>();
    for (const id of ids) {
      const node = this.node(id);
      if (node === null) continue;
      indexOf.set(id, nodes.length);
      nodes.push(node);
    }
    const edges: GraphEdge[] = [];
    const out: number[][] = nodes.map(() => []);
    const into: number[][] = nodes.map(() => []);
    for (const raw of this.edges) {
      const source = indexOf.get(raw.source);
      const target = indexOf.get(raw.target);
      if (source === undefined || target === undefined) continue;
      (out[source] as number[]).push(edges.length);
      (into[target] as number[]).push(edges.length);
      edges.push({ source, target, handle: raw.handle });
    }
    const graph: SubGraph = { nodes, edges, out, in: into, indexOf, responses: planResponses(nodes, edges) };
    this.checkCycles(graph);
    this.checkHandles(graph);
    for (const node of nodes) if (node.compiled.container !== undefined && node.id !== containerId) this.compileInner(node);
    return graph;
  }

  private reach(rootId: string): string[] {
    const seen = new Set([rootId]);
    for (const id of seen) for (const edge of this.outgoing.get(id) ?? []) seen.add(edge.target);
    return [...seen];
  }

  private compileInner(container: GraphNode): void {
    if (this.inner.has(container.id)) return;
    const start = container.compiled.container?.startNodeId ?? '';
    // Set first: a container that reaches itself from inside is found by `reach`, and must not be compiled for ever.
    this.inner.set(container.id, emptySubGraph());
    if (!this.documents.has(start)) {
      this.report(
        container.id,
        'error',
        'CONTAINER_WITHOUT_START',
        `starts at the node ${start || '(none)'}, which does not exist.`,
        'start_node_id',
      );
      return;
    }
    if (this.reach(start).includes(container.id)) {
      this.report(container.id, 'error', 'CYCLE', 'is reached from its own inside.', 'start_node_id');
      return;
    }
    this.inner.set(container.id, this.subGraph(start, container.id));
  }

  private node(id: string): GraphNode | null {
    const known = this.compiled.get(id);
    if (known !== undefined) return known;
    const node = this.compileNode(id, this.documents.get(id) ?? {});
    this.compiled.set(id, node);
    return node;
  }

  private compileNode(id: string, raw: Record<string, unknown>): GraphNode | null {
    const title = typeof raw.title === 'string' ? raw.title : '';
    const type = this.options.registry.find(raw);
    if (type === undefined) {
      const name = typeof raw.type === 'string' ? raw.type : '(none)';
      this.report(id, 'error', 'UNKNOWN_NODE_TYPE', `has the type ${name}, which does not exist here.`, 'type');
      return null;
    }
    const data: NodeData = { ...raw, type: type.type, title, version: type.version };
    try {
      const policy = readErrorPolicy(data);
      const compiled = type.compile(data, {
        nodeId: id,
        warn: (field, message) => {
          this.report(id, 'warning', 'ODD_NODE_CONFIG', message, field);
        },
      });
      const isBranch = type.execution === 'branch' || policy.strategy === 'fail-branch';
      return { id, title, type, data, compiled, policy, isBranch, isSilent: type.type === 'iteration-start' || type.type === 'loop-start' };
    } catch (error) {
      this.reportConfig(id, error);
      return null;
    }
  }

  private reportConfig(id: string, error: unknown): void {
    if (error instanceof NodeConfigError) this.report(id, 'error', error.code, error.message, error.field);
    else if (error instanceof ZodError)
      for (const issue of error.issues) this.report(id, 'error', 'INVALID_NODE_CONFIG', issue.message, issue.path.map(String).join('.'));
    else throw error;
  }

  private report(nodeId: string, level: GraphProblem['level'], code: string, message: string, field?: string): void {
    const raw = this.documents.get(nodeId)?.title;
    const nodeTitle = typeof raw === 'string' ? raw : '';
    const name = nodeTitle === '' ? nodeId : `"${nodeTitle}" (${nodeId})`;
    const place = field === undefined || field === '' ? '' : `, field ${field}`;
    this.problems.push({ level, code, message: `Node ${name}${place}: ${message}`, nodeId, nodeTitle, ...(field ? { field } : {}) });
  }

  private checkCycles(graph: SubGraph): void {
    const open = graph.in.map((edges) => edges.length);
    const ready = open.flatMap((count, index) => (count === 0 ? [index] : []));
    let done = 0;
    for (const index of ready) {
      done += 1;
      for (const edge of graph.out[index] as readonly number[]) {
        const { target } = graph.edges[edge] as GraphEdge;
        if (--(open[target] as number) === 0) ready.push(target);
      }
    }
    if (done === graph.nodes.length) return;
    const caught = graph.nodes.filter((_, index) => (open[index] as number) > 0);
    const names = caught.slice(0, 5).map((node) => (node.title === '' ? node.id : `"${node.title}" (${node.id})`));
    this.problems.push({
      level: 'error',
      code: 'CYCLE',
      message: `The edges form a circle through ${names.join(', ')}. Use a loop node to repeat something.`,
      ...(caught[0] ? { nodeId: caught[0].id, nodeTitle: caught[0].title } : {}),
    });
  }

  private checkHandles(graph: SubGraph): void {
    for (const edge of graph.edges) {
      const source = graph.nodes[edge.source] as GraphNode;
      const known = [...(source.compiled.handles ?? [DEFAULT_HANDLE]), ...(source.policy.strategy === 'fail-branch' ? [FAIL_HANDLE] : [])];
      if (!known.includes(edge.handle) && source.isBranch)
        this.report(
          source.id,
          'warning',
          'UNKNOWN_HANDLE',
          `an edge starts at the handle ${edge.handle}, which it does not have; it is never taken.`,
        );
    }
  }

  private checkSelectors(): void {
    for (const node of this.compiled.values()) {
      if (node === null) continue;
      for (const [name, selector] of Object.entries(node.compiled.reads)) {
        const source = selector[0] as string;
        if (!isReservedNode(source) && !this.documents.has(source))
          this.report(node.id, 'warning', 'UNKNOWN_SELECTOR', `${name} reads ${selector.join('.')}, but there is no node ${source}.`);
      }
    }
  }

  /** Nodes nobody reaches can't hurt a run; a person may still want to know. */
  private checkUnreached(): void {
    for (const [id, data] of this.documents) {
      if (this.compiled.has(id)) continue;
      if (this.options.registry.find(data)?.execution === 'root') continue;
      this.report(id, 'warning', 'UNREACHED_NODE', 'is not reached from the start; it never runs.');
    }
  }
}

function emptySubGraph(): SubGraph {
  return { nodes: [], edges: [], out: [], in: [], indexOf: new Map(), responses: { sessions: [], shown: new Set() } };
}
