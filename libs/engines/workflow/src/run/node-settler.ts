import { FAIL_HANDLE } from '../graph/compiled-graph.js';
import type { NodeFailed, NodePaused, NodeResult, NodeSuccess, PauseReason } from '../nodes/node-result.js';
import { selectorText } from '../pool/selector.js';
import type { SecretVault } from '../pool/secret-vault.js';
import type { Segment } from '../values/segment.js';
import { measured } from '../values/value-bounds.js';
import { WorkflowError } from '../workflow.errors.js';
import { TAKEN, type Frame } from './frame.js';
import type { NodeRun } from './node-run.js';
import type { HeldValues } from './held-values.js';
import { mergeOutputs } from './outputs.js';
import type { RunState } from './run-state.js';
import type { RunTeller } from './run-teller.js';
import { settledFailure, settledSuccess, withError, type NodeEnd } from './settlement.js';

/** How a scope has ended. */
export type ScopeOutcome = { status: 'succeeded' } | { status: 'failed'; error: string; errorType: string };

/** What follows from a node's end, outside its scope. */
export interface SettlerHost {
  readonly secrets: SecretVault;
  /** A node may run. */
  enqueue(frame: Frame, node: number): void;
  /** A node runs again after so many milliseconds. */
  tryAgain(frame: Frame, node: number, interval: number): void;
  /** A scope inside a container has ended. */
  endRound(round: Frame, outcome: ScopeOutcome): void;
  /** The run fails by a node. The error may hold tokens of secrets. */
  failRun(error: string, errorType: string, nodeId: string): void;
}

/**
 * Turns the results of nodes into changes of the state, one after the other. So the order of results decides everything: the same results in
 * the same order give the same state, which is what the journal relies on.
 */
export class NodeSettler {
  constructor(
    private readonly host: SettlerHost,
    private readonly state: RunState,
    private readonly teller: RunTeller,
    private readonly held: HeldValues,
  ) {}

  /** Takes what a node's attempt came to; `run` is the attempt, which containers have none of. */
  settle(frame: Frame, node: number, result: NodeResult, startedAt: number, run?: NodeRun): void {
    const isContainer = frame.node(node).compiled.container !== undefined;
    const outOfBounds = result.status === 'succeeded' && !isContainer ? this.boundsFailure(result) : undefined;
    if (outOfBounds !== undefined) this.fail(frame, node, outOfBounds, startedAt);
    else if (result.status === 'succeeded') this.succeed(frame, node, result, startedAt, run);
    else if (result.status === 'failed') this.fail(frame, node, result, startedAt);
    else if (!isContainer) this.pause(frame, node, result);
    else throw new WorkflowError('A container can not pause by itself.');
  }

  /** The node waits; so does its scope. */
  suspend(frame: Frame, node: number, reason: PauseReason): void {
    frame.active -= 1;
    frame.nodeStates[node] = 0;
    frame.paused.add(node);
    this.state.isPausing = true;
    this.state.pauseReasons.push(reason);
  }

  /** Changes the state by a node's end; all that follows from it follows here (contract workflow-engine 4.2). */
  apply(frame: Frame, node: number, end: NodeEnd): void {
    const { settlement } = end;
    const graphNode = frame.node(node);
    frame.nodeStates[node] = TAKEN;
    frame.ended[node] = 1;
    for (const name in settlement.outputs) frame.pool.set(graphNode.id, name, settlement.outputs[name] as Segment);
    for (const { selector, segment } of settlement.updates) frame.pool.set(selector[0] as string, selector[1] as string, segment);
    if (settlement.usage !== null || settlement.totalTokens > 0) this.state.addUsage(frame, settlement.usage, settlement.totalTokens);
    if (settlement.status === 'failed') {
      this.failScope(frame, node, end);
      return;
    }
    if (settlement.status === 'exception') {
      this.state.exceptionsCount += frame.parent === null ? 1 : 0;
      // What it puts out by its strategy is shown with the next success, or with a response that its edge lets in (traces nodes/*-default-value).
      frame.coordinator.discard(node, true);
    } else frame.coordinator.flush();
    if (isUnknownChoice(frame, node, settlement.handle)) {
      this.failScope(frame, node, withError(end, `The branch chose ${settlement.handle}, which is none of its handles.`));
      return;
    }
    const ready = frame.leave(node, settlement.handle);
    if (settlement.status !== 'exception') frame.coordinator.flush();
    for (const next of ready) this.host.enqueue(frame, next);
    if (graphNode.type.execution === 'response') mergeOutputs(frame.outputs, settlement.outputs);
    if (settlement.endsLoop) frame.endedLoop = true;
    this.teller.finished(frame, node, end);
    frame.active -= 1;
    this.endScopeIfDone(frame);
  }

  private pause(frame: Frame, node: number, { reason }: NodePaused): void {
    this.teller.record({ kind: 'paused', ...this.teller.journalPlace(frame, node), reason });
    this.suspend(frame, node, reason);
  }

  private succeed(frame: Frame, node: number, result: NodeSuccess, startedAt: number, run?: NodeRun): void {
    for (const stream of frame.node(node).compiled.streams ?? []) run?.closeStream(stream);
    this.conclude(frame, node, { result, startedAt, settlement: settledSuccess(result, this.host.secrets) });
  }

  private fail(frame: Frame, node: number, result: NodeFailed, startedAt: number): void {
    const { policy, compiled } = frame.node(node);
    const { secrets } = this.host;
    const error = secrets.seal(result.error);
    if ((frame.attempts[node] as number) < policy.maxRetries && compiled.container === undefined)
      this.retry(frame, node, { ...result, error }, startedAt);
    else this.conclude(frame, node, { result, startedAt, settlement: settledFailure(result, error, policy, secrets) });
  }

  private retry(frame: Frame, node: number, result: NodeFailed, startedAt: number): void {
    this.teller.record({
      kind: 'attempt',
      ...this.teller.journalPlace(frame, node),
      error: result.error,
      errorType: result.errorType,
    });
    this.state.countAttempt(frame, node);
    frame.coordinator.discard(node, false);
    this.teller.retried(frame, node, result, startedAt);
    this.host.tryAgain(frame, node, frame.node(node).policy.retryInterval);
  }

  private conclude(frame: Frame, node: number, end: NodeEnd): void {
    this.teller.recordEnd(frame, node, end.settlement);
    this.apply(frame, node, end);
  }

  private failScope(frame: Frame, node: number, end: NodeEnd): void {
    this.teller.finished(frame, node, end);
    const error = end.settlement.error ?? '';
    const errorType = end.settlement.errorType ?? '';
    if (frame.parent !== null) {
      this.host.endRound(frame, { status: 'failed', error, errorType });
      return;
    }
    this.state.exceptionsCount += 1;
    this.host.failRun(error, errorType, frame.node(node).id);
  }

  /**
   * The failure that a success with a value too deep or too large becomes, or one whose values the run has no room for: what renders them would break down in the
   * middle of a step, or fill the memory of all runs. Containers only gather what was looked at in their rounds.
   */
  private boundsFailure({ outputs = {}, updates }: NodeSuccess): NodeFailed | undefined {
    let size = 0;
    let tooLarge: string | undefined;
    const look = (name: string, value: unknown): void => {
      const measure = measured(value);
      size += measure.size;
      if (measure.broken !== undefined) tooLarge ??= `The value of ${name} ${measure.broken}.`;
    };
    for (const name in outputs) look(name, outputs[name]);
    for (const { selector, segment } of updates ?? []) look(selectorText(selector), segment);
    if (tooLarge === undefined && !this.held.take(size)) tooLarge = this.held.refusal;
    return tooLarge === undefined ? undefined : { status: 'failed', error: tooLarge, errorType: 'ValueTooLargeError' };
  }

  private endScopeIfDone(frame: Frame): void {
    if (frame.active > 0 || frame.paused.size > 0 || frame.deferred.length > 0 || frame.parent === null) return;
    this.host.endRound(frame, { status: 'succeeded' });
  }
}

/** Whether a branch has chosen what it does not have. */
function isUnknownChoice(frame: Frame, node: number, handle: string): boolean {
  const { isBranch, type, compiled } = frame.node(node);
  return isBranch && type.execution === 'branch' && handle !== FAIL_HANDLE && !compiled.handles?.includes(handle);
}
