import type { CompiledGraph } from '../graph/compiled-graph.js';
import type { FoldResult } from '../journal/fold-journal.js';
import type { JournalSink } from '../journal/journal.js';
import type { NodeResult, PauseReason } from '../nodes/node-result.js';
import { NO_SECRETS, type SecretVault } from '../pool/secret-vault.js';
import type { VariablePool } from '../pool/variable-pool.js';
import type { WorkflowPorts } from '../ports/workflow-ports.js';
import type { Segment } from '../values/segment.js';
import { GraphInvalidError } from '../workflow.errors.js';
import type { CommandChannel, RunCommand } from './commands.js';
import { ContainerRounds, type RoundsHost } from './container-rounds.js';
import { EventQueue } from './event-queue.js';
import type { NodeEmission, RunOutcome, TextChunk } from './events.js';
import type { Frame } from './frame.js';
import { HeldValues } from './held-values.js';
import type { NodeRun } from './node-run.js';
import { NodeSettler, type ScopeOutcome, type SettlerHost } from './node-settler.js';
import type { RunFacts, RunLimits } from './run-options.js';
import { RunState } from './run-state.js';
import { RunTeller, type RunLayer } from './run-teller.js';
import { Scheduler, type SchedulerHost } from './scheduler.js';
import { TimeLimit } from './time-limit.js';

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

/**
 * One run of a graph, from its start, or from where a journal or snapshot left it, to its end. Puts the parts together and carries between them what one asks
 * of another: the scheduler runs nodes, the settler turns their results into state, the rounds do so for containers, the teller tells of it.
 */
export class WorkflowRun implements SchedulerHost, SettlerHost, RoundsHost {
  readonly events: EventQueue;
  readonly secrets: SecretVault;
  readonly ports: WorkflowPorts;
  readonly facts: RunFacts;
  readonly limits: RunLimits;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly state: RunState;
  readonly scheduler: Scheduler;
  readonly settler: NodeSettler;
  readonly rounds: ContainerRounds;
  private readonly teller: RunTeller;
  private readonly held: HeldValues;
  private readonly timeLimit: TimeLimit;
  /** How the run ended, when its journal says so and nobody could be told. */
  private replayedEnd: RunOutcome | undefined;

  constructor(readonly setup: RunSetup) {
    const { ports, graph, limits } = setup;
    this.ports = ports;
    this.facts = setup.facts;
    this.limits = limits;
    this.inputs = setup.inputs;
    this.secrets = setup.secrets ?? NO_SECRETS;
    this.events = new EventQueue(() => {
      this.abort('Aborted: the reader left');
    });
    this.state = new RunState(this, graph.main, setup.pool, ports.clock.now());
    this.teller = new RunTeller(this.state, { events: this.events, secrets: this.secrets, layers: setup.layers, journal: setup.journal });
    this.held = new HeldValues(this.state, limits.maxValuesSize);
    this.scheduler = new Scheduler(this, this.state, this.teller);
    this.settler = new NodeSettler(this, this.state, this.teller, this.held);
    this.rounds = new ContainerRounds(this, graph, this.state, this.teller);
    this.timeLimit = new TimeLimit(ports, limits.maxSeconds, (reason) => {
      this.abort(reason);
    });
  }

  // --- beginning -------------------------------------------------------------------------------------------------------------

  /** Begins a new run. */
  start(): void {
    const { startedAt } = this.state;
    this.teller.record({ kind: 'run', nonce: this.secrets.nonce, at: startedAt });
    this.teller.tell({ type: 'run_started', reason: 'initial', at: startedAt });
    if (this.refusesGraph()) return;
    this.begin();
    this.listen();
    this.scheduler.pump();
  }

  /** Lets the root in; part of the journal's fold as well. */
  begin(): void {
    this.state.root.coordinator.begin();
    this.enqueue(this.state.root, 0);
  }

  /** Goes on with a state that was folded or restored. Paused nodes look again, deferred ones run. */
  goOn(fold?: FoldResult): void {
    const { state } = this;
    state.isReplaying = false;
    this.held.resumed();
    state.moment = this.ports.clock.now();
    this.teller.tell({ type: 'run_started', reason: 'resumption', at: state.moment });
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
    if (fold !== undefined) this.teller.repeats(fold.repeated);
    if (state.isPausing || state.hasPausedNodes()) {
      this.teller.record({ kind: 'resumed', at: state.moment });
      this.scheduler.wake();
    }
    this.listen();
    this.scheduler.pump();
  }

  private refusesGraph(): boolean {
    const errors = this.setup.graph.problems.filter((problem) => problem.level === 'error');
    if (errors.length === 0) return false;
    const invalid = new GraphInvalidError(errors);
    this.end({ type: 'run_failed', error: invalid.message, errorType: invalid.errorType, nodeId: errors[0]?.nodeId ?? null });
    return true;
  }

  // --- commands --------------------------------------------------------------------------------------------------------------

  /** Commands and aborts may come from a layer, in the middle of a step: they are taken after it. */
  private listen(): void {
    const { commands, signal } = this.setup;
    commands?.onCommand(() => {
      queueMicrotask(() => {
        this.scheduler.pump();
      });
    });
    if (signal === undefined) return;
    const abort = (): void => {
      const reason: unknown = signal.reason;
      this.abort(`Aborted: ${reason instanceof Error ? reason.message : String(reason)}`);
    };
    const abortSoon = (): void => {
      queueMicrotask(abort);
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abortSoon, { once: true, signal: this.state.root.signal });
  }

  obey(): void {
    const { commands } = this.setup;
    for (let command = commands?.take(); command !== undefined && !this.state.hasEnded; command = commands?.take()) this.follow(command);
  }

  private follow(command: RunCommand): void {
    switch (command.type) {
      case 'stop':
        this.abort(`Aborted: ${command.reason}`);
        break;
      case 'pause':
        this.pauseBy({ type: 'scheduled_pause', message: command.reason });
        break;
      case 'set_variable':
        this.setVariable(command.selector, command.segment);
        break;
      case 'submit_form':
        this.lookAgain();
    }
  }

  /** Lets nothing more become ready; part of the journal's fold as well. */
  pauseBy(reason: PauseReason): void {
    this.teller.record({ kind: 'pausing', reason, at: this.ports.clock.now() });
    this.state.isPausing = true;
    this.state.pauseReasons.push(reason);
  }

  /** Sets a variable from outside; part of the journal's fold as well. */
  setVariable(selector: readonly string[], segment: Segment): void {
    this.teller.record({ kind: 'variable', selector, segment, at: this.ports.clock.now() });
    this.state.root.pool.set(selector[0] as string, selector[1] as string, segment);
  }

  /** A form was filled in while other nodes still work: nodes that wait look again. */
  private lookAgain(): void {
    if (!this.state.hasPausedNodes()) return;
    this.teller.record({ kind: 'resumed', at: this.ports.clock.now() });
    this.scheduler.wake();
  }

  // --- between the parts -----------------------------------------------------------------------------------------------------

  newId(): string {
    return this.ports.newId();
  }

  show(frame: Frame, chunk: TextChunk): void {
    this.teller.shown(frame, chunk);
  }

  say(frame: Frame, node: number, emission: NodeEmission): void {
    this.teller.said(frame, node, emission);
  }

  async beforeEffect(frame: Frame, node: number): Promise<void> {
    const place = this.teller.journalPlace(frame, node);
    this.teller.record({ kind: 'begun', ...place, mustNotRepeat: true });
    await this.ports.beforeEffect?.(place);
  }

  enqueue(frame: Frame, node: number): void {
    this.scheduler.enqueue(frame, node);
  }

  tryAgain(frame: Frame, node: number, interval: number): void {
    this.scheduler.tryAgain(frame, node, interval);
  }

  settle(frame: Frame, node: number, result: NodeResult, startedAt: number, run?: NodeRun): void {
    const { state } = this;
    if (state.hasEnded || frame.isDead) return;
    if (this.timeLimit.isOver(state.startedAt, state.moment)) this.timeLimit.end(state.startedAt);
    else this.settler.settle(frame, node, result, startedAt, run);
  }

  settleContainer(frame: Frame, node: number, result: NodeResult, startedAt: number): void {
    this.settler.settle(frame, node, result, startedAt);
  }

  beginContainer(frame: Frame, node: number): void {
    this.rounds.begin(frame, node);
  }

  endRound(round: Frame, outcome: ScopeOutcome): void {
    this.rounds.endRound(round, outcome);
  }

  // --- ending ----------------------------------------------------------------------------------------------------------------

  onWaiting(): void {
    this.timeLimit.watch(this.state.startedAt);
  }

  onIdle(): void {
    if (this.state.hasPausedNodes()) this.pause();
    else this.end({ type: this.state.exceptionsCount > 0 ? 'run_partially_succeeded' : 'run_succeeded' });
  }

  abort(reason: string): void {
    this.end({ type: 'run_aborted', reason });
  }

  failRun(error: string, errorType: string, nodeId: string): void {
    const outcome: RunOutcome = { type: 'run_failed', error: this.secrets.display(error), errorType, nodeId };
    if (this.state.isReplaying) this.replayedEnd = outcome;
    else this.end(outcome);
  }

  /** An error of our own: the reader gets it, and nothing hangs. */
  breakDown(error: unknown): void {
    if (this.state.hasEnded) throw error;
    this.state.hasEnded = true;
    this.state.killAll('The run broke down.');
    this.timeLimit.stop();
    this.events.close(error);
  }

  private pause(): void {
    const frames = [...this.state.frames.values()];
    for (const frame of frames) {
      const keeps = frame.buffer !== null;
      this.teller.release(frame);
      if (keeps) frame.buffer = [];
    }
    const pausedNodes = frames.flatMap((frame) => [...frame.paused].map((node) => frame.node(node).id));
    this.end({ type: 'run_paused', reasons: [...this.state.pauseReasons], pausedNodes });
  }

  private end(outcome: RunOutcome): void {
    const { state } = this;
    if (state.hasEnded) return;
    state.hasEnded = true;
    this.teller.tell({
      outputs: this.teller.plain(state.root.outputs),
      steps: state.outerSteps,
      totalTokens: state.totalTokens,
      usage: state.usage,
      exceptionsCount: state.exceptionsCount,
      at: this.ports.clock.now(),
      ...outcome,
    });
    this.setup.commands?.onCommand(undefined);
    this.timeLimit.stop();
    if (outcome.type !== 'run_paused') state.killAll('The run has ended.');
    this.events.close();
  }
}
