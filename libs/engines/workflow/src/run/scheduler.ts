import type { NodeResult } from '../nodes/node-result.js';
import { TAKEN, type Frame } from './frame.js';
import { NodeRun, type NodeHost } from './node-run.js';
import { ReadyQueue, type ReadyNode } from './ready-queue.js';
import type { RunState } from './run-state.js';
import type { RunTeller } from './run-teller.js';
import { failureOf } from './settlement.js';

/** Steps in a row before others get their turn of the event loop. */
const STEPS_A_TURN = 500;

/** What the scheduler asks of the run around it. */
export interface SchedulerHost extends NodeHost {
  /** Between two steps: takes the commands that came. */
  obey(): void;
  /** An attempt has come to its result. */
  settle(frame: Frame, node: number, result: NodeResult, startedAt: number, run?: NodeRun): void;
  beginContainer(frame: Frame, node: number): void;
  /** Nodes are at work, and none can start. */
  onWaiting(): void;
  /** No node is at work, and none can start. */
  onIdle(): void;
  abort(reason: string): void;
  /** An error of our own. */
  breakDown(error: unknown): void;
}

/** Decides which node runs when: ready nodes in the order they became ready, as many at a time as the limits allow. */
export class Scheduler {
  private readonly queue = new ReadyQueue();
  /** Nodes at work, or waiting for another attempt. */
  private atWork = 0;
  private isPumping = false;

  constructor(
    private readonly host: SchedulerHost,
    private readonly state: RunState,
    private readonly teller: RunTeller,
  ) {}

  /** Lets a ready node in; while the run is pausing it waits in its scope. */
  enqueue(frame: Frame, node: number): void {
    if (this.state.isPausing) {
      frame.deferred.push(node);
      return;
    }
    frame.active += 1;
    this.queue.push(frame, node);
  }

  /** Puts paused and deferred nodes back into the queue. */
  wake(): void {
    this.state.isPausing = false;
    this.state.pauseReasons.length = 0;
    for (const frame of this.state.frames.values()) {
      const waiting = [...frame.paused, ...frame.deferred];
      frame.paused.clear();
      frame.deferred.length = 0;
      for (const node of waiting) this.enqueue(frame, node);
    }
  }

  /** Removes a node from the queue, wherever it stands there; the journal's fold takes nodes in the order they ended. */
  take(frame: Frame, node: number): boolean {
    return this.queue.remove(frame, node);
  }

  /** Runs what is ready until nothing is, or others must have their turn. */
  pump(): void {
    if (this.isPumping) return;
    this.isPumping = true;
    try {
      let left = STEPS_A_TURN;
      this.host.obey();
      while (!this.state.hasEnded && !this.queue.isEmpty && this.atWork < this.host.limits.maxParallelNodes) {
        if (left-- === 0) {
          setImmediate(() => {
            this.pump();
          });
          return;
        }
        this.execute(this.queue.take());
        this.host.obey();
      }
      if (this.state.hasEnded) return;
      if (this.atWork > 0) this.host.onWaiting();
      else this.host.onIdle();
    } catch (error) {
      this.host.breakDown(error);
    } finally {
      this.isPumping = false;
    }
  }

  /** Runs a node again, after so many milliseconds. */
  tryAgain(frame: Frame, node: number, interval: number): void {
    const again = (): void => {
      if (!frame.isDead && !this.state.hasEnded) this.queue.push(frame, node);
    };
    if (interval === 0) {
      again();
      return;
    }
    this.atWork += 1;
    this.host.ports.sleep(interval, frame.signal).then(
      () => {
        this.atWork -= 1;
        again();
        this.pump();
      },
      () => {
        this.atWork -= 1;
        this.pump();
      },
    );
  }

  private execute({ frame, node }: ReadyNode): void {
    if (frame.isDead) return;
    const { state, host } = this;
    const { maxSteps } = host.limits;
    state.countStep(frame);
    if (state.steps > maxSteps) {
      host.abort(`Aborted: Maximum execution steps exceeded: ${state.steps} > ${maxSteps}`);
      return;
    }
    state.moment = host.ports.clock.now();
    const { id, compiled } = frame.node(node);
    frame.nodeStates[node] = TAKEN;
    if (frame.attempts[node] === 0) this.teller.started(frame, node);
    if (compiled.container !== undefined) host.beginContainer(frame, node);
    else if (compiled.repeatable || host.ports.beforeEffect === undefined) this.attempt(frame, node);
    else
      this.attemptAfter(
        frame,
        node,
        host.ports.beforeEffect({ scope: frame.scope.path, nodeId: id, executionId: frame.executionId(node) }),
      );
  }

  private attemptAfter(frame: Frame, node: number, ready: Promise<void>): void {
    this.atWork += 1;
    ready.then(
      () => {
        this.atWork -= 1;
        if (!frame.isDead && !this.state.hasEnded) this.attempt(frame, node);
        this.pump();
      },
      (error: unknown) => {
        this.atWork -= 1;
        this.host.settle(frame, node, failureOf(error), this.state.moment);
        this.pump();
      },
    );
  }

  private attempt(frame: Frame, node: number): void {
    const run = new NodeRun(this.host, frame, node, this.state.moment);
    let result: NodeResult | Promise<NodeResult>;
    try {
      result = frame.node(node).compiled.run(run);
    } catch (error) {
      result = failureOf(error);
    }
    if (!(result instanceof Promise)) {
      this.settle(frame, node, result, run);
      return;
    }
    this.atWork += 1;
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
    this.atWork -= 1;
    try {
      this.settle(frame, node, result, run);
    } catch (error) {
      this.host.breakDown(error);
      return;
    }
    this.pump();
  }

  private settle(frame: Frame, node: number, result: NodeResult, run: NodeRun): void {
    this.state.moment = this.host.ports.clock.now();
    this.host.settle(frame, node, result, run.startedAt, run);
  }
}
