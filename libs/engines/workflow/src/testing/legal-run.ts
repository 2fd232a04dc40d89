import { SKIPPED, TAKEN, UNKNOWN } from '../run/frame.js';
import type { CompiledGraph, GraphEdge, GraphNode, SubGraph } from '../graph/compiled-graph.js';
import type { ContainerNext, ContainerStarted, NodeFinished, NodeRetry, NodeStarted, RunEnded, WorkflowEvent } from '../run/events.js';

/** What the events have told of a scope so far. */
interface SeenScope {
  graph: SubGraph;
  started: Map<number, string>;
  retries: Map<number, number>;
  finished: Map<number, NodeFinished>;
  rounds: Map<string, number>;
}

/**
 * Everything about a run's events that the rules forbid (contract workflow-engine 4.1, 4.2, 9); nothing for a legal run. Works out from the graph and the chosen
 * handles alone which nodes have to run, so it shares nothing with the engine it judges.
 */
export function illegalities(graph: CompiledGraph, events: readonly WorkflowEvent[]): string[] {
  const judge = new Judge(graph);
  for (const event of events) judge.see(event);
  judge.seeEnd(events.at(-1));
  return judge.found;
}

class Judge {
  readonly found: string[] = [];
  private readonly scopes = new Map<string, SeenScope>();
  private hasBegun = false;
  private hasEnded = false;

  constructor(private readonly graph: CompiledGraph) {}

  see(event: WorkflowEvent): void {
    if (this.hasEnded) this.found.push(`${event.type} after the end`);
    if (!this.hasBegun && event.type !== 'run_started') this.found.push(`${event.type} before the start`);
    switch (event.type) {
      case 'run_started':
        if (this.hasBegun) this.found.push('a second start');
        this.hasBegun = true;
        break;
      case 'node_started':
        this.seeStart(event);
        break;
      case 'node_retry':
        this.seeRetry(event);
        break;
      case 'node_finished':
        this.seeFinish(event);
        break;
      case 'container_started':
        this.seeContainer(event);
        break;
      case 'container_next':
        this.seeRound(event);
        break;
      default:
        this.hasEnded ||= event.type.startsWith('run_');
    }
  }

  /** At the end of a scope in which nothing failed, the nodes that ran are those that had to, and the others are skipped. */
  seeEnd(end: WorkflowEvent | undefined): void {
    if (!this.hasEnded) this.found.push('no end');
    for (const [path, scope] of this.scopes) {
      if (!this.isComplete(path, scope, end as RunEnded)) continue;
      scope.graph.nodes.forEach(({ id }, node) => {
        const state = nodeState(scope, node);
        if (scope.finished.has(node) !== (state === TAKEN))
          this.found.push(`${path} ${id}: ${scope.finished.has(node) ? 'ran' : 'did not run'} (${state})`);
        if (state === UNKNOWN) this.found.push(`${path} ${id}: neither taken nor skipped`);
      });
    }
  }

  private seeStart(event: NodeStarted): void {
    const { scope, node, name } = this.placeOf(event);
    if (scope.started.has(node)) this.found.push(`${name} starts twice`);
    scope.started.set(node, event.executionId);
    if (nodeState(scope, node) !== TAKEN) this.found.push(`${name} starts before its time`);
  }

  private seeRetry(event: NodeRetry): void {
    const { scope, node, name } = this.placeOf(event);
    if (scope.started.get(node) !== event.executionId || scope.finished.has(node))
      this.found.push(`${name} is retried while it does not run`);
    const before = scope.retries.get(node) ?? 0;
    if (event.retryIndex !== before + 1) this.found.push(`${name}: retry ${event.retryIndex} after ${before}`);
    scope.retries.set(node, event.retryIndex);
  }

  private seeFinish(event: NodeFinished): void {
    const { scope, node, name } = this.placeOf(event);
    if (scope.started.get(node) !== event.executionId) this.found.push(`${name} ends without a start`);
    if (scope.finished.has(node)) this.found.push(`${name} ends twice`);
    scope.finished.set(node, event);
  }

  /** The first round of a loop begins with the loop. */
  private seeContainer(event: ContainerStarted): void {
    const { scope, name } = this.placeOf(event);
    if (scope.rounds.has(event.nodeId)) this.found.push(`${name} begins twice`);
    scope.rounds.set(event.nodeId, event.kind === 'loop' ? 0 : -1);
  }

  private seeRound(event: ContainerNext): void {
    const { scope, name } = this.placeOf(event);
    const expected = (scope.rounds.get(event.nodeId) ?? NaN) + 1;
    if (event.index !== expected) this.found.push(`${name}: round ${event.index} in place of ${expected}`);
    scope.rounds.set(event.nodeId, event.index);
  }

  private placeOf({ scope: { path }, nodeId }: NodeStarted | NodeFinished | NodeRetry | ContainerStarted | ContainerNext): {
    scope: SeenScope;
    node: number;
    name: string;
  } {
    const name = `${path} ${nodeId}`;
    const scope = this.scopeAt(path);
    const node = scope.graph.indexOf.get(nodeId);
    if (node === undefined) throw new Error(`${name} is not in the graph`);
    const around = outerOf(path);
    if (around !== undefined) this.checkRound(name, around);
    return { scope, node, name };
  }

  /** A round is at work: its container has announced it, and has not ended. */
  private checkRound(name: string, { path, container, round }: NonNullable<ReturnType<typeof outerOf>>): void {
    const outer = this.scopeAt(path);
    if ((outer.rounds.get(container) ?? -1) < round) this.found.push(`${name}: its round was not announced`);
    if (outer.finished.has(outer.graph.indexOf.get(container) as number)) this.found.push(`${name}: its container has ended`);
  }

  private scopeAt(path: string): SeenScope {
    let scope = this.scopes.get(path);
    if (scope !== undefined) return scope;
    const around = outerOf(path);
    const graph = around === undefined ? this.graph.main : (this.graph.inner.get(around.container) as SubGraph);
    scope = { graph, started: new Map(), retries: new Map(), finished: new Map(), rounds: new Map() };
    this.scopes.set(path, scope);
    return scope;
  }

  private isComplete(path: string, scope: SeenScope, end: RunEnded): boolean {
    if ([...scope.finished.values()].some(({ status }) => status === 'failed')) return false;
    const around = outerOf(path);
    if (around === undefined) return end.type === 'run_succeeded' || end.type === 'run_partially_succeeded';
    const outer = this.scopeAt(around.path);
    return outer.finished.get(outer.graph.indexOf.get(around.container) as number)?.status === 'succeeded';
  }
}

/** The scope around a round, its container and its number. */
function outerOf(path: string): { path: string; container: string; round: number } | undefined {
  if (path === '') return undefined;
  const at = path.lastIndexOf('/');
  const [container = '', round = ''] = path.slice(at + 1).split(':');
  return { path: path.slice(0, Math.max(0, at)), container, round: Number(round) };
}

/** What a node is by what has ended so far. */
function nodeState(scope: SeenScope, node: number): number {
  const incoming = scope.graph.in[node] as readonly number[];
  if (incoming.length === 0) return TAKEN;
  const states = incoming.map((edge) => edgeState(scope, scope.graph.edges[edge] as GraphEdge));
  if (states.includes(UNKNOWN)) return UNKNOWN;
  return states.includes(TAKEN) ? TAKEN : SKIPPED;
}

function edgeState(scope: SeenScope, { source, handle }: GraphEdge): number {
  const end = scope.finished.get(source);
  if (end === undefined) return nodeState(scope, source) === SKIPPED ? SKIPPED : UNKNOWN;
  return !(scope.graph.nodes[source] as GraphNode).isBranch || end.handle === handle ? TAKEN : SKIPPED;
}
