import { addUsage, emptyUsage, type LlmUsage } from '#engines/model-runtime';
import type { SubGraph } from '../graph/compiled-graph.js';
import type { PauseReason } from '../nodes/node-result.js';
import type { VariablePool } from '../pool/variable-pool.js';
import { Frame, type FrameHost } from './frame.js';

/** What a run knows: its scopes and its sums. A snapshot holds all of it, and the fold of a journal builds it up again. */
export class RunState {
  readonly root: Frame;
  /** The scopes that are open, by path. */
  readonly frames = new Map<string, Frame>();
  /** Milliseconds since the epoch. A resumed run keeps the time of its first start. */
  startedAt: number;
  /** The time of the step at hand; stands still within it. */
  moment: number;
  /** Node starts, retries and those inside containers included; what the limit counts. */
  steps = 0;
  /** Node starts outside containers, retries included; what is told. */
  outerSteps = 0;
  exceptionsCount = 0;
  usage: LlmUsage | null = null;
  totalTokens = 0;
  readonly pauseReasons: PauseReason[] = [];
  /** Nodes that become ready wait in their scope. */
  isPausing = false;
  /** A journal is being folded: nothing runs and nothing is told. */
  isReplaying = false;
  /** The run is over, or has paused. */
  hasEnded = false;

  constructor(host: FrameHost, graph: SubGraph, pool: VariablePool, startedAt: number) {
    this.startedAt = this.moment = startedAt;
    this.root = new Frame(host, graph, pool, { path: '' }, null, startedAt);
    this.frames.set('', this.root);
  }

  hasPausedNodes(): boolean {
    for (const frame of this.frames.values()) if (frame.paused.size > 0 || frame.deferred.length > 0) return true;
    return false;
  }

  /** A node starts, or starts again. */
  countStep({ parent }: Frame): void {
    this.steps += 1;
    if (parent === null) this.outerSteps += 1;
  }

  /** An attempt has failed and another follows. Those inside containers do not count for the run (contract workflow-engine 4.4). */
  countAttempt(frame: Frame, node: number): void {
    this.exceptionsCount += frame.parent === null ? 1 : 0;
    frame.attempts[node] = (frame.attempts[node] as number) + 1;
  }

  addUsage(frame: Frame, usage: LlmUsage | null, tokens: number): void {
    frame.addUsage(usage, tokens);
    if (usage !== null) this.usage = addUsage(this.usage ?? emptyUsage(), usage);
    this.totalTokens += tokens;
  }

  /** Ends all scopes: what still comes from their nodes is not heard. */
  killAll(reason: string): void {
    for (const frame of this.frames.values()) frame.kill(reason);
  }
}
