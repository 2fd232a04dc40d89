import type { JournalEntry, JournalSink, NodeSettlement } from '../journal/journal.js';
import type { NodeFailed, NodeSuccess, VariableUpdate } from '../nodes/node-result.js';
import type { SecretVault } from '../pool/secret-vault.js';
import { CONVERSATION_NODE } from '../pool/selector.js';
import { Segment } from '../values/segment.js';
import { containerEvent, type ContainerKind } from './container-events.js';
import type { EventQueue } from './event-queue.js';
import type { ContainerEvent, NodeEmission, ScopeInfo, TextChunk, WorkflowEvent } from './events.js';
import type { Frame } from './frame.js';
import { plainValues, settledOutputs } from './outputs.js';
import type { RunState } from './run-state.js';
import type { NodeEnd } from './settlement.js';

/** A layer watches the events of a run: persistence, tracing, metrics. What it throws does not reach the run. */
export type RunLayer = (event: WorkflowEvent) => void;

/** Where what a run tells goes to. */
export interface TellerOptions {
  events: EventQueue;
  secrets: SecretVault;
  layers?: readonly RunLayer[];
  journal?: JournalSink;
}

/** A node and its execution, as events name them. */
interface EventPlace {
  scope: ScopeInfo;
  executionId: string;
  nodeId: string;
  nodeType: string;
  title: string;
}

/** What a node has told about its work, as events show it. */
interface ShownAccount {
  inputs: Record<string, unknown> | null;
  processData: Record<string, unknown> | null;
  metadata: Record<string, unknown> | null;
}

const NO_EXTRAS: Readonly<Record<string, unknown>> = {};
const NO_UPDATES: readonly never[] = [];

/** Says what happens in a run: events to the reader and the layers, entries to the journal. No secret gets past it. While a journal is folded it is silent. */
export class RunTeller {
  /** Text shown so far; kept while a journal is folded. */
  private shownText = '';
  private readonly layers: readonly RunLayer[];

  constructor(
    private readonly state: RunState,
    private readonly options: TellerOptions,
  ) {
    this.layers = options.layers ?? [];
  }

  record(entry: JournalEntry): void {
    if (!this.state.isReplaying) this.options.journal?.append(entry);
  }

  /** The entry that every node makes: nothing is copied for it. */
  recordEnd(frame: Frame, node: number, settlement: NodeSettlement): void {
    const { journal } = this.options;
    if (journal === undefined || this.state.isReplaying) return;
    const { id } = frame.node(node);
    journal.append({
      kind: 'done',
      scope: frame.scope.path,
      nodeId: id,
      executionId: frame.executionId(node),
      at: this.state.moment,
      settlement,
    });
  }

  /** An event of the run itself. */
  tell(event: WorkflowEvent): void {
    for (const layer of this.layers) {
      try {
        layer(event);
      } catch {
        // A layer that fails loses its own work only.
      }
    }
    this.options.events.push(event);
  }

  /** Passes on what a round has kept back. */
  release(round: Frame): void {
    const events = round.buffer;
    round.buffer = null;
    if (events === null) return;
    const outer = round.parent?.frame ?? this.state.root;
    for (const event of events) this.emit(outer, event);
  }

  shown(frame: Frame, chunk: TextChunk): void {
    const text = this.options.secrets.displayText(chunk.text);
    this.emit(frame, text === chunk.text ? chunk : { ...chunk, text });
  }

  started(frame: Frame, node: number): void {
    const { compiled } = frame.node(node);
    const place = this.place(frame, node);
    if (!compiled.repeatable || compiled.container !== undefined || compiled.streams !== undefined)
      this.record({ kind: 'begun', ...this.journalPlace(frame, node), mustNotRepeat: !compiled.repeatable });
    this.emit(frame, { type: 'node_started', ...place, at: this.state.moment, extras: compiled.extras ?? NO_EXTRAS });
  }

  said(frame: Frame, node: number, emission: NodeEmission): void {
    this.emit(frame, { type: 'node_said', ...this.place(frame, node), emission: this.named(emission) });
  }

  /** What a container says of itself. */
  containerSaid(frame: Frame, node: number, kind: ContainerKind, startedAt: number, event: ContainerEvent): void {
    this.emit(frame, containerEvent(this.place(frame, node), kind, startedAt, this.state.moment, this.named(event)));
  }

  retried(frame: Frame, node: number, result: NodeFailed, startedAt: number): void {
    const { secrets } = this.options;
    this.emit(frame, {
      type: 'node_retry',
      ...this.place(frame, node),
      retryIndex: frame.attempts[node] as number,
      error: secrets.display(result.error),
      errorType: result.errorType,
      ...this.account(result),
      outputs: this.plain(settledOutputs(result.outputs, secrets)),
      startedAt,
      at: this.state.moment,
    });
  }

  finished(frame: Frame, node: number, { settlement, result, startedAt }: NodeEnd): void {
    if (this.state.isReplaying) return;
    this.emit(frame, {
      type: 'node_finished',
      ...this.place(frame, node),
      status: settlement.status,
      ...this.account(result),
      ...(settlement.status === 'exception' && { metadata: this.exceptionMetadata(frame, node, result) }),
      outputs: this.plain(settlement.outputs),
      error: settlement.error === null ? null : this.options.secrets.display(settlement.error),
      errorType: settlement.errorType,
      usage: settlement.usage,
      handle: settlement.handle,
      startedAt,
      at: this.state.moment,
      conversationUpdates: settlement.status === 'succeeded' ? this.conversationUpdates(settlement.updates) : NO_UPDATES,
    });
  }

  /** After a crash the reader may have seen pieces of what comes again: everything shown is replaced by what is certain. */
  repeats(places: readonly { frame: Frame; node: number }[]): void {
    this.tell({ type: 'text_replaced', text: this.options.secrets.displayText(this.shownText) });
    for (const { frame, node } of places) {
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
        startedAt: this.state.moment,
        at: this.state.moment,
      });
    }
  }

  /** Values of the pool as events show them: plain, with names in place of secrets. */
  plain(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return this.options.secrets.display(plainValues(values));
  }

  journalPlace(frame: Frame, node: number): { scope: string; nodeId: string; executionId: string; at: number } {
    return { scope: frame.scope.path, nodeId: frame.node(node).id, executionId: frame.executionId(node), at: this.state.moment };
  }

  /** An event of a scope; kept back as long as a round around it is. */
  private emit(frame: Frame, event: WorkflowEvent): void {
    if (this.state.isReplaying) {
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

  private place(frame: Frame, node: number): EventPlace {
    const { id, type, title } = frame.node(node);
    return { scope: frame.scope, executionId: frame.executionId(node), nodeId: id, nodeType: type.type, title };
  }

  /** What outlives the run: with names in place of secrets, since no other run knows the tokens of this one. */
  private conversationUpdates(updates: readonly VariableUpdate[]): readonly VariableUpdate[] {
    const { secrets } = this.options;
    const kept = updates.filter(({ selector }) => selector[0] === CONVERSATION_NODE);
    if (secrets.isEmpty) return kept;
    return kept.map(({ selector, segment }) => ({ selector, segment: new Segment(segment.type, secrets.display(segment.value)) }));
  }

  private account(result: NodeSuccess | NodeFailed | null): ShownAccount {
    return { inputs: this.told(result?.inputs), processData: this.told(result?.processData), metadata: this.told(result?.metadata) };
  }

  /** A node whose failure was caught says by which strategy (contract workflow-engine 4.5). */
  private exceptionMetadata(frame: Frame, node: number, result: NodeSuccess | NodeFailed | null): Record<string, unknown> {
    return { ...this.told(result?.metadata), error_strategy: frame.node(node).policy.strategy };
  }

  private told(values: Record<string, unknown> | undefined): Record<string, unknown> | null {
    return values === undefined ? null : this.named(plainValues(values));
  }

  /** With names in place of secrets, also of those that came back from outside. */
  private named<T>(value: T): T {
    const { secrets } = this.options;
    return secrets.display(secrets.seal(value));
  }
}
