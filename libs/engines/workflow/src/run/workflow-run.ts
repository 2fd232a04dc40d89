import { addUsage, emptyUsage, type LlmUsage } from '#engines/model-runtime';
import { FAIL_HANDLE, DEFAULT_HANDLE, type CompiledGraph, type GraphNode, type SubGraph } from '../graph/compiled-graph.js';
import type { FoldResult } from '../journal/fold-journal.js';
import type { JournalEntry, JournalSink, NodeSettlement } from '../journal/journal.js';
import type { ContainerContext } from '../nodes/container.js';
import type { NodeFailed, NodePaused, NodeResult, NodeSuccess, PauseReason } from '../nodes/node-result.js';
import { CONVERSATION_NODE } from '../pool/selector.js';
import { NO_SECRETS, type SecretVault } from '../pool/secret-vault.js';
import type { VariablePool } from '../pool/variable-pool.js';
import type { WorkflowPorts } from '../ports/workflow-ports.js';
import { Segment, segmentOf } from '../values/segment.js';
import { GraphInvalidError, WorkflowError } from '../workflow.errors.js';
import type { CommandChannel } from './commands.js';
import { containerEvent, roundScope } from './container-events.js';
import { EventQueue } from './event-queue.js';
import type { NodeEmission, RunEnded, WorkflowEvent } from './events.js';
import { Frame, TAKEN, type ContainerRun, type FrameHost } from './frame.js';
import { NodeRun, type NodeHost } from './node-run.js';
import { plainValues, settledOutputs } from './outputs.js';
import type { RunFacts, RunLimits } from './run-options.js';

/** Steps in a row before others get their turn of the event loop. */
const STEPS_A_TURN = 500;

/** A layer watches the events of a run: persistence, tracing, metrics. What it throws does not reach the run. */
export type RunLayer = (event: WorkflowEvent) => void;

/** What a run is made of. */
export interface RunSetup {
  graph: CompiledGraph;
  pool: VariablePool;
  ports: WorkflowPorts;
  facts: RunFacts;
  limits: RunLimits;
  /** What the caller filled in, by variable; the start node puts it out. */
  inputs: Readonly<Record<string, unknown>>;
  secrets?: SecretVault;
  commands?: CommandChannel;
  signal?: AbortSignal;
  journal?: JournalSink;
  layers?: readonly RunLayer[];
}

interface Ready {
  frame: Frame;
  node: number;
}

/**
 * One run of a graph. All changes of state happen in `settle` and what it calls, one node result after the other, so the order of results decides
 * everything: the same results in the same order give the same state, which is what the journal relies on.
 */
export class WorkflowRun implements FrameHost, NodeHost {
  readonly events: EventQueue;
  readonly secrets: SecretVault;
  readonly ports: WorkflowPorts;
  readonly facts: RunFacts;
  readonly limits: RunLimits;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly root: Frame;
  readonly frames = new Map<string, Frame>();
  startedAt: number;
  steps = 0;
  exceptionsCount = 0;
  usage: LlmUsage | null = null;
  totalTokens = 0;
  readonly pauseReasons: PauseReason[] = [];
  /** Text shown so far; kept while a journal is folded. */
  shownText = '';
  /** How the run ended, when its journal says so and nobody could be told. */
  private replayedEnd: RunOutcome | undefined;
  /** True while a journal is folded: nothing runs and nothing is told. */
  isReplaying = false;
  private queue: Ready[] = [];
  private queueHead = 0;
  private running = 0;
  private isPausing = false;
  private hasEnded = false;
  private pumping = false;
  private moment: number;
  private timer: AbortController | undefined;
  private readonly layers: readonly RunLayer[];

  constructor(readonly setup: RunSetup) {
    this.ports = setup.ports;
    this.facts = setup.facts;
    this.limits = setup.limits;
    this.inputs = setup.inputs;
    this.secrets = setup.secrets ?? NO_SECRETS;
    this.layers = setup.layers ?? [];
    this.startedAt = this.moment = setup.ports.clock.now();
    this.root = new Frame(this, setup.graph.main, setup.pool, { path: '' }, null, this.startedAt);
    this.frames.set('', this.root);
    this.events = new EventQueue(() => {
      this.end({ type: 'run_aborted', reason: 'Aborted: the reader left' });
    });
  }

  // --- beginning -------------------------------------------------------------------------------------------------------------

  /** Begins a new run. */
  start(): void {
    this.record({ kind: 'run', nonce: this.secrets.nonce, at: this.startedAt });
    this.tell({ type: 'run_started', reason: 'initial', at: this.startedAt });
    if (this.refusesGraph()) return;
    this.begin();
    this.listen();
    this.pump();
  }

  /** Lets the root in; part of the journal's fold as well. */
  begin(): void {
    this.root.coordinator.begin();
    this.enqueue(this.root, 0);
  }

  /** Goes on with a state that was folded or restored. Paused nodes look again, deferred ones run. */
  goOn(fold?: FoldResult): void {
    this.isReplaying = false;
    this.moment = this.ports.clock.now();
    this.tell({ type: 'run_started', reason: 'resumption', at: this.moment });
    if (this.refusesGraph()) return;
    if (this.replayedEnd !== undefined) {
      this.end(this.replayedEnd);
      return;
    }
    const [lost] = fold?.unfinishedEffects ?? [];
    if (lost !== undefined) {
      const { title, id } = lost.node;
      const error = `The process ended while the node ${title === '' ? id : `"${title}"`} was at work, and it must not run twice.`;
      this.end({ type: 'run_failed', error, errorType: 'InterruptedError', nodeId: id });
      return;
    }
    if (fold !== undefined) this.tellRepeated(fold);
    if (this.isPausing || this.hasPausedNodes()) {
      this.record({ kind: 'resumed', at: this.moment });
      this.wake();
    }
    this.listen();
    this.pump();
  }

  /** After a crash the reader may have seen pieces of what comes again: everything shown is replaced by what is certain. */
  private tellRepeated({ repeated }: FoldResult): void {
    this.tell({ type: 'text_replaced', text: this.secrets.displayText(this.shownText) });
    for (const { frame, node } of repeated) {
      this.emit(frame, {
        type: 'node_retry',
        ...this.place(frame, node),
        retryIndex: (frame.attempts[node] as number) + 1,
        error: 'The process ended while the node was at work; it runs again.',
        errorType: 'InterruptedError',
        inputs: null,
        processData: null,
        outputs: {},
        metadata: null,
        startedAt: this.moment,
        at: this.moment,
      });
    }
  }

  /** Puts paused and deferred nodes back into the queue. */
  wake(): void {
    this.isPausing = false;
    this.pauseReasons.length = 0;
    for (const frame of this.frames.values()) {
      const waiting = [...frame.paused, ...frame.deferred];
      frame.paused.clear();
      frame.deferred.length = 0;
      for (const node of waiting) this.enqueue(frame, node);
    }
  }

  private refusesGraph(): boolean {
    const errors = this.setup.graph.problems.filter((problem) => problem.level === 'error');
    if (errors.length === 0) return false;
    const invalid = new GraphInvalidError(errors);
    this.end({ type: 'run_failed', error: invalid.message, errorType: invalid.errorType, nodeId: errors[0]?.nodeId ?? null });
    return true;
  }

  private hasPausedNodes(): boolean {
    for (const frame of this.frames.values()) if (frame.paused.size > 0 || frame.deferred.length > 0) return true;
    return false;
  }

  private listen(): void {
    const { commands, signal } = this.setup;
    commands?.onCommand(() => {
      if (!this.pumping) this.pump();
    });
    if (signal?.aborted) this.abortBy(signal);
    else
      signal?.addEventListener(
        'abort',
        () => {
          this.abortBy(signal);
        },
        { once: true, signal: this.root.signal },
      );
  }

  private abortBy(signal: AbortSignal): void {
    const reason: unknown = signal.reason;
    this.end({ type: 'run_aborted', reason: `Aborted: ${reason instanceof Error ? reason.message : String(reason)}` });
  }

  // --- scheduling ------------------------------------------------------------------------------------------------------------

  /** Lets a ready node in; while the run is pausing it waits in its scope. */
  private enqueue(frame: Frame, node: number): void {
    if (this.isPausing) {
      frame.deferred.push(node);
      return;
    }
    frame.active += 1;
    this.queue.push({ frame, node });
  }

  /** Runs what is ready until nothing is, or others must have their turn. */
  private pump(): void {
    if (this.pumping) return;
    this.pumping = true;
    try {
      let left = STEPS_A_TURN;
      this.obey();
      while (!this.hasEnded && this.queueHead < this.queue.length && this.running < this.limits.maxParallelNodes) {
        if (left-- === 0) {
          setImmediate(() => {
            this.pump();
          });
          return;
        }
        this.execute(this.takeReady());
        this.obey();
      }
      if (this.hasEnded) return;
      if (this.running > 0) this.watchTime();
      else this.finish();
    } catch (error) {
      this.breakDown(error);
    } finally {
      this.pumping = false;
    }
  }

  private takeReady(): Ready {
    const ready = this.queue[this.queueHead++] as Ready;
    if (this.queueHead > 1024 && this.queueHead * 2 > this.queue.length) {
      this.queue = this.queue.slice(this.queueHead);
      this.queueHead = 0;
    }
    return ready;
  }

  /** Removes a node from the queue, wherever it stands there; the journal's fold takes nodes in the order they ended. */
  takeFromQueue(frame: Frame, node: number): boolean {
    const at = this.queue.findIndex((ready, index) => index >= this.queueHead && ready.frame === frame && ready.node === node);
    if (at < 0) return false;
    this.queue.splice(at, 1);
    return true;
  }

  /** What is waiting to run. */
  waiting(): readonly Ready[] {
    return this.queue.slice(this.queueHead);
  }

  private obey(): void {
    for (let command = this.setup.commands?.take(); command !== undefined && !this.hasEnded; command = this.setup.commands?.take()) {
      switch (command.type) {
        case 'stop':
          this.end({ type: 'run_aborted', reason: `Aborted: ${command.reason}` });
          break;
        case 'pause':
          this.isPausing = true;
          this.pauseReasons.push({ type: 'scheduled_pause', message: command.reason });
          break;
        case 'set_variable':
          this.setVariable(command.selector, command.segment);
          break;
        case 'submit_form':
          this.lookAgain();
      }
    }
  }

  setVariable(selector: readonly string[], segment: Segment): void {
    this.record({ kind: 'variable', selector, segment, at: this.ports.clock.now() });
    this.root.pool.set(selector[0] as string, selector[1] as string, segment);
  }

  /** A form was filled in while other nodes still work: nodes that wait look again. */
  private lookAgain(): void {
    if (!this.hasPausedNodes()) return;
    this.record({ kind: 'resumed', at: this.ports.clock.now() });
    this.wake();
  }

  private execute({ frame, node }: Ready): void {
    if (frame.isDead) return;
    this.steps += 1;
    if (this.steps > this.limits.maxSteps) {
      this.end({ type: 'run_aborted', reason: `Aborted: Maximum execution steps exceeded: ${this.steps} > ${this.limits.maxSteps}` });
      return;
    }
    this.moment = this.ports.clock.now();
    const graphNode = frame.node(node);
    frame.nodeStates[node] = TAKEN;
    if (frame.attempts[node] === 0) this.tellStarted(frame, node, graphNode);
    if (graphNode.compiled.container !== undefined) this.beginContainer(frame, node);
    else if (graphNode.compiled.repeatable || this.ports.beforeEffect === undefined) this.attempt(frame, node);
    else
      this.attemptAfter(
        frame,
        node,
        this.ports.beforeEffect({ scope: frame.scope.path, nodeId: graphNode.id, executionId: frame.executionId(node) }),
      );
  }

  private tellStarted(frame: Frame, node: number, graphNode: GraphNode): void {
    const { executionId } = this.place(frame, node);
    if (!graphNode.compiled.repeatable || graphNode.compiled.container !== undefined || graphNode.compiled.streams !== undefined)
      this.record({
        kind: 'begun',
        scope: frame.scope.path,
        nodeId: graphNode.id,
        executionId,
        mustNotRepeat: !graphNode.compiled.repeatable,
        at: this.moment,
      });
    this.emit(frame, {
      type: 'node_started',
      ...this.place(frame, node),
      at: this.moment,
      extras: graphNode.compiled.extras ?? NO_EXTRAS,
    });
  }

  private attemptAfter(frame: Frame, node: number, ready: Promise<void>): void {
    this.running += 1;
    ready.then(
      () => {
        this.running -= 1;
        if (!frame.isDead && !this.hasEnded) this.attempt(frame, node);
        this.pump();
      },
      (error: unknown) => {
        this.running -= 1;
        this.settle(frame, node, failureOf(error), this.moment);
        this.pump();
      },
    );
  }

  private attempt(frame: Frame, node: number): void {
    const run = new NodeRun(this, frame, node, this.moment);
    let result: NodeResult | Promise<NodeResult>;
    try {
      result = frame.node(node).compiled.run(run);
    } catch (error) {
      result = failureOf(error);
    }
    if (!(result instanceof Promise)) {
      this.moment = this.ports.clock.now();
      this.settle(frame, node, result, run.startedAt, run);
      return;
    }
    this.running += 1;
    result.then(
      (value) => {
        this.arrived(frame, node, value, run);
      },
      (error: unknown) => {
        this.arrived(frame, node, failureOf(error), run);
      },
    );
  }

  private arrived(frame: Frame, node: number, result: NodeResult, run: NodeRun): void {
    this.running -= 1;
    try {
      this.moment = this.ports.clock.now();
      this.settle(frame, node, result, run.startedAt, run);
    } catch (error) {
      this.breakDown(error);
      return;
    }
    this.pump();
  }

  // --- results ---------------------------------------------------------------------------------------------------------------

  private settle(frame: Frame, node: number, result: NodeResult, startedAt: number, run?: NodeRun): void {
    if (this.hasEnded || frame.isDead) return;
    if (this.moment - this.startedAt > this.limits.maxSeconds * 1000) {
      this.endOverTime();
      return;
    }
    if (result.status === 'paused') this.pauseNode(frame, node, result);
    else if (result.status === 'succeeded') this.succeed(frame, node, result, startedAt, run);
    else this.fail(frame, node, result, startedAt);
  }

  private pauseNode(frame: Frame, node: number, result: NodePaused): void {
    this.record({ kind: 'paused', ...this.journalPlace(frame, node), reason: result.reason });
    this.suspend(frame, node, result.reason);
  }

  /** The node waits; so does its scope. */
  suspend(frame: Frame, node: number, reason: PauseReason): void {
    frame.active -= 1;
    frame.nodeStates[node] = 0;
    frame.paused.add(node);
    this.isPausing = true;
    this.pauseReasons.push(reason);
  }

  private succeed(frame: Frame, node: number, result: NodeSuccess, startedAt: number, run?: NodeRun): void {
    for (const stream of frame.node(node).compiled.streams ?? []) run?.closeStream(stream);
    this.conclude(frame, node, {
      result,
      startedAt,
      settlement: {
        status: 'succeeded',
        outputs: settledOutputs(result.outputs, this.secrets),
        handle: result.handle ?? DEFAULT_HANDLE,
        updates: sealedUpdates(result.updates, this.secrets),
        usage: result.usage ?? null,
        totalTokens: tokensOf(result),
        endsLoop: result.endsLoop ?? false,
        error: null,
        errorType: null,
      },
    });
  }

  private fail(frame: Frame, node: number, result: NodeFailed, startedAt: number): void {
    const { policy, compiled } = frame.node(node);
    const attempt = frame.attempts[node] as number;
    const error = this.secrets.seal(result.error);
    if (attempt < policy.maxRetries && compiled.container === undefined) {
      this.record({ kind: 'attempt', ...this.journalPlace(frame, node), error, errorType: result.errorType });
      this.retry(frame, node, { ...result, error }, startedAt);
      return;
    }
    const outputs = policy.strategy === 'default-value' ? policy.defaults : policy.strategy === null ? result.outputs : {};
    const told = policy.strategy === null ? {} : { error_message: error, error_type: result.errorType };
    this.conclude(frame, node, {
      result,
      startedAt,
      settlement: {
        status: policy.strategy === null ? 'failed' : 'exception',
        outputs: settledOutputs({ ...outputs, ...told }, this.secrets),
        handle: policy.strategy === 'fail-branch' ? FAIL_HANDLE : DEFAULT_HANDLE,
        updates: sealedUpdates(result.updates, this.secrets),
        usage: result.usage ?? null,
        totalTokens: tokensOf(result),
        endsLoop: false,
        error,
        errorType: result.errorType,
      },
    });
  }

  private retry(frame: Frame, node: number, result: NodeFailed, startedAt: number): void {
    const graphNode = frame.node(node);
    this.countAttempt(frame, node);
    frame.coordinator.discard(node, false);
    this.emit(frame, {
      type: 'node_retry',
      ...this.place(frame, node),
      retryIndex: frame.attempts[node] as number,
      error: this.secrets.display(result.error),
      errorType: result.errorType,
      ...this.account(result),
      outputs: this.shown(plainValues(settledOutputs(result.outputs, this.secrets))),
      startedAt,
      at: this.moment,
    });
    const again = (): void => {
      if (!frame.isDead && !this.hasEnded) this.queue.push({ frame, node });
    };
    if (graphNode.policy.retryInterval === 0) {
      again();
      return;
    }
    this.running += 1;
    this.ports.sleep(graphNode.policy.retryInterval, frame.signal).then(
      () => {
        this.running -= 1;
        again();
        this.pump();
      },
      () => {
        this.running -= 1;
        this.pump();
      },
    );
  }

  countAttempt(frame: Frame, node: number): void {
    this.exceptionsCount += frame.parent === null ? 1 : 0;
    frame.attempts[node] = (frame.attempts[node] as number) + 1;
  }

  private conclude(frame: Frame, node: number, end: NodeEnd): void {
    this.record({ kind: 'done', ...this.journalPlace(frame, node), ...end.settlement });
    this.apply(frame, node, end);
  }

  /** Changes the state by a node's end; all that follows from it follows here (contract workflow-engine 4.2). */
  apply(frame: Frame, node: number, end: NodeEnd): void {
    const { settlement } = end;
    const graphNode = frame.node(node);
    frame.nodeStates[node] = TAKEN;
    frame.ended[node] = 1;
    for (const name in settlement.outputs) frame.pool.set(graphNode.id, name, settlement.outputs[name] as Segment);
    for (const { selector, segment } of settlement.updates) frame.pool.set(selector[0] as string, selector[1] as string, segment);
    if (settlement.usage !== null || settlement.totalTokens > 0) this.account_(frame, settlement);
    if (settlement.status === 'failed') {
      this.failScope(frame, node, end);
      return;
    }
    if (settlement.status === 'exception') {
      this.exceptionsCount += frame.parent === null ? 1 : 0;
      // What it puts out by its strategy is shown with the next success, or with a response that its edge lets in (traces nodes/*-default-value).
      frame.coordinator.discard(node, true);
    } else frame.coordinator.flush();
    if (
      graphNode.isBranch &&
      !graphNode.compiled.handles?.includes(settlement.handle) &&
      graphNode.type.execution === 'branch' &&
      settlement.handle !== FAIL_HANDLE
    ) {
      this.failScope(frame, node, withError(end, `The branch chose ${settlement.handle}, which is none of its handles.`));
      return;
    }
    const ready = frame.leave(node, settlement.handle);
    if (settlement.status !== 'exception') frame.coordinator.flush();
    for (const next of ready) this.enqueue(frame, next);
    if (graphNode.type.execution === 'response') mergeOutputs(frame.outputs, settlement.outputs);
    if (settlement.endsLoop) frame.endedLoop = true;
    this.tellFinished(frame, node, end);
    frame.active -= 1;
    this.endScopeIfDone(frame);
  }

  private account_(frame: Frame, settlement: NodeSettlement): void {
    frame.addUsage(settlement.usage, settlement.totalTokens);
    if (settlement.usage !== null) this.usage = addUsage(this.usage ?? emptyUsage(), settlement.usage);
    this.totalTokens += settlement.totalTokens;
  }

  private tellFinished(frame: Frame, node: number, end: NodeEnd): void {
    if (this.isReplaying) return;
    const { settlement, result } = end;
    this.emit(frame, {
      type: 'node_finished',
      ...this.place(frame, node),
      status: settlement.status,
      ...this.account(result),
      outputs: this.shown(plainValues(settlement.outputs)),
      error: settlement.error === null ? null : this.secrets.display(settlement.error),
      errorType: settlement.errorType,
      usage: settlement.usage,
      handle: settlement.handle,
      startedAt: end.startedAt,
      at: this.moment,
      conversationUpdates:
        settlement.status === 'succeeded' ? settlement.updates.filter(({ selector }) => selector[0] === CONVERSATION_NODE) : [],
    });
  }

  private account(result: NodeSuccess | NodeFailed | null): {
    inputs: Record<string, unknown> | null;
    processData: Record<string, unknown> | null;
    metadata: Record<string, unknown> | null;
  } {
    return {
      inputs: this.told(result?.inputs),
      processData: this.told(result?.processData),
      metadata: result?.metadata ?? null,
    };
  }

  private told(values: Record<string, unknown> | undefined): Record<string, unknown> | null {
    return values === undefined ? null : this.shown(this.secrets.seal(plainValues(values)));
  }

  private shown(values: Record<string, unknown>): Record<string, unknown> {
    return this.secrets.display(values);
  }

  // --- scopes ----------------------------------------------------------------------------------------------------------------

  private failScope(frame: Frame, node: number, end: NodeEnd): void {
    this.tellFinished(frame, node, end);
    const error = end.settlement.error ?? '';
    const errorType = end.settlement.errorType ?? '';
    if (frame.parent === null) {
      this.exceptionsCount += 1;
      const outcome: RunOutcome = { type: 'run_failed', error: this.secrets.display(error), errorType, nodeId: frame.node(node).id };
      if (this.isReplaying) this.replayedEnd = outcome;
      else this.end(outcome);
      return;
    }
    this.endRound(frame, { status: 'failed', error, errorType });
  }

  private endScopeIfDone(frame: Frame): void {
    if (frame.active > 0 || frame.paused.size > 0 || frame.deferred.length > 0 || frame.parent === null) return;
    this.endRound(frame, { status: 'succeeded' });
  }

  private beginContainer(frame: Frame, node: number): void {
    const run: ContainerRun = { state: {}, open: new Set(), startedAt: this.moment };
    frame.containers.set(node, run);
    this.steer(frame, node, run, (plan, context) => plan.begin(context));
  }

  /** The time the fold has come to. */
  at(moment: number): void {
    this.moment = moment;
  }

  /** The fold's way into a container. */
  replayContainer(frame: Frame, node: number): void {
    this.steps += 1;
    frame.nodeStates[node] = TAKEN;
    this.beginContainer(frame, node);
  }

  private endRound(round: Frame, outcome: { status: 'succeeded' } | { status: 'failed'; error: string; errorType: string }): void {
    const { frame, node, index } = round.parent as NonNullable<Frame['parent']>;
    const run = frame.containers.get(node) as ContainerRun;
    this.killScope(round);
    run.open.delete(round.scope.path);
    this.release(round);
    frame.addUsage(round.usage, round.totalTokens);
    this.steer(frame, node, run, (plan, context) =>
      plan.roundEnded(context, {
        index,
        pool: round.pool,
        outputs: round.outputs,
        endedLoop: round.endedLoop,
        usage: round.usage,
        totalTokens: round.totalTokens,
        elapsed: (this.moment - round.startedAt) / 1000,
        ...outcome,
      }),
    );
  }

  private steer(
    frame: Frame,
    node: number,
    run: ContainerRun,
    step: (plan: NonNullable<GraphNode['compiled']['container']>, context: ContainerContext) => NodeResult | undefined,
  ): void {
    const plan = frame.node(node).compiled.container as NonNullable<GraphNode['compiled']['container']>;
    let result: NodeResult | undefined;
    try {
      result = step(plan, this.containerContext(frame, node, run));
    } catch (error) {
      result = failureOf(error);
    }
    if (result === undefined) return;
    for (const path of run.open) this.dropRound(path);
    frame.containers.delete(node);
    this.settleContainer(frame, node, result, run.startedAt);
  }

  private settleContainer(frame: Frame, node: number, result: NodeResult, startedAt: number): void {
    if (result.status === 'paused') throw new WorkflowError('A container can not pause by itself.');
    if (result.status === 'succeeded') this.succeed(frame, node, result, startedAt);
    else this.fail(frame, node, result, startedAt);
  }

  private containerContext(frame: Frame, node: number, run: ContainerRun): ContainerContext {
    const graphNode = frame.node(node);
    const inner = this.setup.graph.inner.get(graphNode.id) as SubGraph;
    return {
      nodeId: graphNode.id,
      title: graphNode.title,
      state: run.state,
      pool: frame.pool,
      innerNodeIds: inner.nodes.map(({ id }) => id),
      now: () => this.moment,
      mergeAnswer: (outputs) => {
        if (outputs.answer !== undefined) mergeOutputs(frame.outputs, { answer: segmentOf(outputs.answer) });
      },
      emit: (event) => {
        this.emit(
          frame,
          containerEvent(this.place(frame, node), graphNode.compiled.container?.kind ?? 'iteration', run.startedAt, this.moment, event),
        );
      },
      startRound: (index, pool, options) => {
        const scope = roundScope(frame.scope, graphNode.compiled.container?.kind ?? 'iteration', graphNode.id, index);
        const round = new Frame(this, inner, pool, scope, { frame, node, index }, this.moment);
        if (options?.buffered === true) round.buffer = [];
        this.frames.set(scope.path, round);
        run.open.add(scope.path);
        round.coordinator.begin();
        this.enqueue(round, 0);
      },
    };
  }

  private dropRound(path: string): void {
    const round = this.frames.get(path);
    if (!round) return;
    this.killScope(round);
    round.buffer = null;
  }

  /** Ends a scope and all scopes inside it. */
  private killScope(scope: Frame): void {
    const prefix = `${scope.scope.path}/`;
    for (const [path, frame] of this.frames) {
      if (frame !== scope && !path.startsWith(prefix)) continue;
      frame.kill('The scope has ended.');
      this.frames.delete(path);
    }
  }

  /** Passes on what a round has kept back. */
  private release(round: Frame): void {
    const events = round.buffer;
    round.buffer = null;
    if (events === null) return;
    const outer = round.parent?.frame ?? this.root;
    for (const event of events) this.emit(outer, event);
  }

  // --- ending ----------------------------------------------------------------------------------------------------------------

  private finish(): void {
    if (this.hasPausedNodes()) {
      for (const frame of this.frames.values()) {
        const keeps = frame.buffer !== null;
        this.release(frame);
        if (keeps) frame.buffer = [];
      }
      const pausedNodes = [...this.frames.values()].flatMap((frame) => [...frame.paused].map((node) => frame.node(node).id));
      this.end({ type: 'run_paused', reasons: [...this.pauseReasons], pausedNodes });
      return;
    }
    this.end({ type: this.exceptionsCount > 0 ? 'run_partially_succeeded' : 'run_succeeded' });
  }

  private end(outcome: RunOutcome): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.tell({
      ...outcome,
      outputs: this.shown(plainValues(this.root.outputs)),
      steps: this.steps,
      totalTokens: this.totalTokens,
      usage: this.usage,
      exceptionsCount: this.exceptionsCount,
      at: this.ports.clock.now(),
    });
    this.setup.commands?.onCommand(undefined);
    this.timer?.abort();
    if (outcome.type !== 'run_paused') for (const frame of this.frames.values()) frame.kill('The run has ended.');
    this.events.close();
  }

  private endOverTime(): void {
    const seconds = (this.ports.clock.now() - this.startedAt) / 1000;
    this.end({
      type: 'run_aborted',
      reason: `Aborted: Maximum execution time exceeded: ${seconds.toFixed(2)}s > ${this.limits.maxSeconds}s`,
    });
  }

  private watchTime(): void {
    if (this.timer !== undefined) return;
    this.timer = new AbortController();
    const left = this.startedAt + this.limits.maxSeconds * 1000 - this.ports.clock.now();
    this.ports.sleep(Math.max(0, left) + 1, this.timer.signal).then(
      () => {
        this.endOverTime();
      },
      () => undefined,
    );
  }

  /** An error of our own: the reader gets it, and nothing hangs. */
  private breakDown(error: unknown): void {
    if (this.hasEnded) throw error;
    this.hasEnded = true;
    for (const frame of this.frames.values()) frame.kill('The run broke down.');
    this.timer?.abort();
    this.events.close(error);
  }

  // --- telling ---------------------------------------------------------------------------------------------------------------

  newId(): string {
    return this.ports.newId();
  }

  async beforeEffect(frame: Frame, node: number): Promise<void> {
    const place = this.journalPlace(frame, node);
    this.record({ kind: 'begun', ...place, mustNotRepeat: true });
    await this.ports.beforeEffect?.(place);
  }

  say(frame: Frame, node: number, emission: NodeEmission): void {
    this.emit(frame, { type: 'node_said', ...this.place(frame, node), emission: this.secrets.display(this.secrets.seal(emission)) });
  }

  emit(frame: Frame, event: WorkflowEvent): void {
    if (this.isReplaying) {
      if (event.type === 'chunk') this.shownText += event.text;
      return;
    }
    for (let scope: Frame | undefined = frame; scope !== undefined; scope = scope.parent?.frame) {
      if (scope.buffer === null) continue;
      scope.buffer.push(event);
      return;
    }
    this.tell(event);
  }

  private tell(event: WorkflowEvent): void {
    for (const layer of this.layers) {
      try {
        layer(event);
      } catch {
        // A layer that fails loses its own work only.
      }
    }
    this.events.push(event);
  }

  private record(entry: JournalEntry): void {
    if (!this.isReplaying) this.setup.journal?.append(entry);
  }

  private place(
    frame: Frame,
    node: number,
  ): { scope: Frame['scope']; executionId: string; nodeId: string; nodeType: string; title: string } {
    const { id, type, title } = frame.node(node);
    return { scope: frame.scope, executionId: frame.executionId(node), nodeId: id, nodeType: type.type, title };
  }

  private journalPlace(frame: Frame, node: number): { scope: string; nodeId: string; executionId: string; at: number } {
    return { scope: frame.scope.path, nodeId: frame.node(node).id, executionId: frame.executionId(node), at: this.moment };
  }
}

/** A node's end, with what it told about it; `result` is null while a journal is folded. */
export interface NodeEnd {
  settlement: NodeSettlement;
  result: NodeSuccess | NodeFailed | null;
  startedAt: number;
}

type RunOutcome =
  | { type: 'run_succeeded' }
  | { type: 'run_partially_succeeded' }
  | { type: 'run_failed'; error: string; errorType: string; nodeId: string | null }
  | { type: 'run_aborted'; reason: string }
  | { type: 'run_paused'; reasons: readonly PauseReason[]; pausedNodes: readonly string[] };

const NO_EXTRAS: Readonly<Record<string, unknown>> = {};

function failureOf(error: unknown): NodeFailed {
  if (error instanceof WorkflowError) return { status: 'failed', error: error.message, errorType: error.errorType };
  return { status: 'failed', error: error instanceof Error ? error.message : String(error), errorType: 'WorkflowNodeError' };
}

function withError(end: NodeEnd, error: string): NodeEnd {
  return { ...end, settlement: { ...end.settlement, status: 'failed', error, errorType: 'WorkflowNodeError' } };
}

function tokensOf(result: NodeSuccess | NodeFailed): number {
  return result.usage?.total_tokens ?? 0;
}

function sealedUpdates(updates: NodeSuccess['updates'], secrets: SecretVault): NodeSettlement['updates'] {
  if (updates === undefined) return NO_UPDATES;
  if (!secrets.seals) return updates;
  return updates.map(({ selector, segment }) => ({ selector, segment: new Segment(segment.type, secrets.seal(segment.value)) }));
}

const NO_UPDATES: NodeSettlement['updates'] = [];

/** `answer` grows, everything else is the last one's (contract workflow-engine 4.3). */
function mergeOutputs(into: Record<string, unknown>, outputs: Readonly<Record<string, Segment>>): void {
  for (const [name, segment] of Object.entries(outputs)) {
    const before = into[name];
    into[name] = name === 'answer' && before instanceof Segment ? segmentOf(`${String(before.value)}${String(segment.value)}`) : segment;
  }
}

export type { RunEnded };
