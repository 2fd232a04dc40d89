import type { CompiledGraph, SubGraph } from '../graph/compiled-graph.js';
import type { ContainerContext, ContainerPlan } from '../nodes/container.js';
import type { NodeResult } from '../nodes/node-result.js';
import { segmentOf } from '../values/segment.js';
import { roundScope } from './container-events.js';
import { Frame, type ContainerRun, type FrameHost } from './frame.js';
import type { ScopeOutcome } from './node-settler.js';
import { mergeOutputs } from './outputs.js';
import type { RunState } from './run-state.js';
import type { RunTeller } from './run-teller.js';
import { failureOf } from './settlement.js';

/** What the rounds ask of the run around them. */
export interface RoundsHost extends FrameHost {
  enqueue(frame: Frame, node: number): void;
  /** A container has ended. */
  settleContainer(frame: Frame, node: number, result: NodeResult, startedAt: number): void;
}

/** Iterations and loops of a run: opens a scope for each round, and lets the container say what comes after each. */
export class ContainerRounds {
  constructor(
    private readonly host: RoundsHost,
    private readonly graph: CompiledGraph,
    private readonly state: RunState,
    private readonly teller: RunTeller,
  ) {}

  begin(frame: Frame, node: number): void {
    const run: ContainerRun = { state: {}, open: new Set(), startedAt: this.state.moment };
    frame.containers.set(node, run);
    this.steer(frame, node, run, (plan, context) => plan.begin(context));
  }

  /** A round has ended: its scope goes, and its container goes on or ends. */
  endRound(round: Frame, outcome: ScopeOutcome): void {
    const { frame, node, index } = round.parent as NonNullable<Frame['parent']>;
    const run = frame.containers.get(node) as ContainerRun;
    this.killScope(round);
    run.open.delete(round.scope.path);
    this.teller.release(round);
    frame.addUsage(round.usage, round.totalTokens);
    this.steer(frame, node, run, (plan, context) =>
      plan.roundEnded(context, {
        index,
        pool: round.pool,
        outputs: round.outputs,
        endedLoop: round.endedLoop,
        usage: round.usage,
        totalTokens: round.totalTokens,
        elapsed: (this.state.moment - round.startedAt) / 1000,
        ...outcome,
      }),
    );
  }

  private steer(
    frame: Frame,
    node: number,
    run: ContainerRun,
    step: (plan: ContainerPlan, context: ContainerContext) => NodeResult | undefined,
  ): void {
    const plan = frame.node(node).compiled.container as ContainerPlan;
    let result: NodeResult | undefined;
    try {
      result = step(plan, this.context(frame, node, run, plan.kind));
    } catch (error) {
      result = failureOf(error);
    }
    if (result === undefined) return;
    for (const path of run.open) this.drop(path);
    frame.containers.delete(node);
    this.host.settleContainer(frame, node, result, run.startedAt);
  }

  private context(frame: Frame, node: number, run: ContainerRun, kind: ContainerPlan['kind']): ContainerContext {
    const { id, title } = frame.node(node);
    const inner = this.graph.inner.get(id) as SubGraph;
    const now = (): number => this.state.moment;
    return {
      nodeId: id,
      title,
      state: run.state,
      pool: frame.pool,
      innerNodeIds: inner.nodes.map((innerNode) => innerNode.id),
      now,
      mergeAnswer: ({ answer }) => {
        if (answer !== undefined) mergeOutputs(frame.outputs, { answer: segmentOf(answer) });
      },
      emit: (event) => {
        this.teller.containerSaid(frame, node, kind, run.startedAt, event);
      },
      startRound: (index, pool, options) => {
        const scope = roundScope(frame.scope, kind, id, index);
        const round = new Frame(this.host, inner, pool, scope, { frame, node, index }, now());
        if (options?.buffered === true) round.buffer = [];
        this.state.frames.set(scope.path, round);
        run.open.add(scope.path);
        round.coordinator.begin();
        this.host.enqueue(round, 0);
      },
    };
  }

  /** Gives up a round that is still running, and what it kept back. */
  private drop(path: string): void {
    const round = this.state.frames.get(path);
    if (!round) return;
    this.killScope(round);
    round.buffer = null;
  }

  /** Ends a scope and all scopes inside it. */
  private killScope(scope: Frame): void {
    const prefix = `${scope.scope.path}/`;
    for (const [path, frame] of this.state.frames) {
      if (frame !== scope && !path.startsWith(prefix)) continue;
      frame.kill('The scope has ended.');
      this.state.frames.delete(path);
    }
  }
}
