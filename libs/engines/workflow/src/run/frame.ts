import { AbortSwitch } from '#common';
import { emptyUsage, addUsage, type LlmUsage } from '#engines/model-runtime';
import type { GraphEdge, GraphNode, SubGraph } from '../graph/compiled-graph.js';
import type { VariablePool } from '../pool/variable-pool.js';
import { ResponseCoordinator, type CoordinatorScope } from '../streaming/response-coordinator.js';
import type { Selector } from '../pool/selector.js';
import type { ScopeInfo, TextChunk, WorkflowEvent } from './events.js';

/** States of nodes and edges (contract workflow-engine 4.1). */
export const UNKNOWN = 0;
export const TAKEN = 1;
export const SKIPPED = 2;

/** What a frame asks of the run it belongs to. */
export interface FrameHost {
  /** A piece of the answer; may hold tokens of secrets. */
  show(frame: Frame, chunk: TextChunk): void;
  newId(): string;
}

/** A container in a scope, between its begin and its end. */
export interface ContainerRun {
  state: Record<string, unknown>;
  /** Rounds that have not ended. */
  open: Set<string>;
  startedAt: number;
}

/** A scope of a run: the run itself, or one round of a container. Holds what is known of each node and edge in it. */
export class Frame implements CoordinatorScope {
  readonly nodeStates: Uint8Array;
  readonly edgeStates: Uint8Array;
  /** 1 once a node has ended. */
  readonly ended: Uint8Array;
  readonly openIn: Int32Array;
  readonly takenIn: Int32Array;
  readonly attempts: Uint8Array;
  readonly executionIds: (string | undefined)[];
  readonly coordinator: ResponseCoordinator;
  readonly containers = new Map<number, ContainerRun>();
  /** Nodes that wait for something outside, and nodes that became ready while the run was pausing. */
  readonly paused = new Set<number>();
  readonly deferred: number[] = [];
  /** Outputs of response nodes, merged (contract workflow-engine 4.3). */
  outputs: Record<string, unknown> = {};
  /** Nodes in the queue, at work or waiting for another attempt. */
  active = 0;
  endedLoop = false;
  /** Its container, or the run, has ended without it: what still comes from its nodes is not heard. */
  isDead = false;
  usage: LlmUsage | null = null;
  totalTokens = 0;
  /** Events kept back until the round ends; null: none are. */
  buffer: WorkflowEvent[] | null = null;
  private stop: AbortSwitch | undefined;

  constructor(
    private readonly host: FrameHost,
    readonly graph: SubGraph,
    readonly pool: VariablePool,
    readonly scope: ScopeInfo,
    readonly parent: { frame: Frame; node: number; index: number } | null,
    readonly startedAt: number,
  ) {
    const { nodes, edges } = graph;
    this.nodeStates = new Uint8Array(nodes.length);
    this.edgeStates = new Uint8Array(edges.length);
    this.ended = new Uint8Array(nodes.length);
    this.attempts = new Uint8Array(nodes.length);
    this.openIn = Int32Array.from(graph.in, (list) => list.length);
    this.takenIn = new Int32Array(nodes.length);
    this.executionIds = new Array<string | undefined>(nodes.length);
    this.coordinator = new ResponseCoordinator(this);
  }

  get signal(): AbortSignal {
    this.stop ??= new AbortSwitch();
    if (this.isDead) this.stop.abort();
    return this.stop;
  }

  kill(reason: string): void {
    this.isDead = true;
    // An error takes long to make; most scopes end with nobody listening.
    this.stop?.abort(new Error(reason));
  }

  node(index: number): GraphNode {
    return this.graph.nodes[index] as GraphNode;
  }

  executionId(index: number): string {
    return (this.executionIds[index] ??= this.host.newId());
  }

  isSkipped(node: number): boolean {
    return this.nodeStates[node] === SKIPPED;
  }

  isEdgeTaken(edge: number): boolean {
    return this.edgeStates[edge] === TAKEN;
  }

  chunk(node: number, selector: Selector, text: string, isFinal: boolean): void {
    this.host.show(this, {
      type: 'chunk',
      scope: this.scope,
      nodeId: this.node(node).id,
      executionId: this.executionId(node),
      selector,
      text,
      isFinal,
    });
  }

  /** Takes the edges of the chosen handle and skips the others; returns the nodes that became ready, in order. */
  leave(index: number, handle: string): number[] {
    const ready: number[] = [];
    const out = this.graph.out[index] as readonly number[];
    const { isBranch } = this.node(index);
    if (isBranch) for (const edge of out) if ((this.graph.edges[edge] as GraphEdge).handle !== handle) this.skip(edge, ready);
    for (const edge of out) if (!isBranch || (this.graph.edges[edge] as GraphEdge).handle === handle) this.take(edge, ready);
    return ready;
  }

  /** Counts a node's edges again, after their states were restored. */
  recount(): void {
    this.graph.edges.forEach(({ target }, edge) => {
      const state = this.edgeStates[edge];
      if (state === UNKNOWN) return;
      this.openIn[target] = (this.openIn[target] as number) - 1;
      if (state === TAKEN) this.takenIn[target] = (this.takenIn[target] as number) + 1;
    });
  }

  addUsage(usage: LlmUsage | null, tokens: number): void {
    if (usage !== null) this.usage = addUsage(this.usage ?? emptyUsage(), usage);
    this.totalTokens += tokens;
  }

  private take(edge: number, ready: number[]): void {
    const { target } = this.graph.edges[edge] as GraphEdge;
    this.edgeStates[edge] = TAKEN;
    this.openIn[target] = (this.openIn[target] as number) - 1;
    this.takenIn[target] = (this.takenIn[target] as number) + 1;
    this.coordinator.edgeTaken(edge);
    if (this.openIn[target] === 0) ready.push(target);
  }

  private skip(first: number, ready: number[]): void {
    const stack = [first];
    for (let edge = stack.pop(); edge !== undefined; edge = stack.pop()) {
      const { target } = this.graph.edges[edge] as GraphEdge;
      this.edgeStates[edge] = SKIPPED;
      this.openIn[target] = (this.openIn[target] as number) - 1;
      if (this.openIn[target] > 0) continue;
      if ((this.takenIn[target] as number) > 0) {
        ready.push(target);
        continue;
      }
      this.nodeStates[target] = SKIPPED;
      for (const next of this.graph.out[target] as readonly number[]) stack.push(next);
    }
  }
}
