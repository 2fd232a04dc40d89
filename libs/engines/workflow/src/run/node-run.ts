import type { NodeContext } from '../nodes/node-type.js';
import type { SecretVault } from '../pool/secret-vault.js';
import type { Selector } from '../pool/selector.js';
import { selectorText } from '../pool/selector.js';
import type { VariablePool } from '../pool/variable-pool.js';
import type { WorkflowPorts } from '../ports/workflow-ports.js';
import { renderText } from '../values/render.js';
import type { NodeEmission } from './events.js';
import type { Frame } from './frame.js';
import type { RunFacts, RunLimits } from './run-options.js';
import { SealedStream } from './sealed-stream.js';

/** What nodes need of the run around them. */
export interface NodeHost {
  readonly ports: WorkflowPorts;
  readonly facts: RunFacts;
  readonly limits: RunLimits;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly secrets: SecretVault;
  say(frame: Frame, node: number, emission: NodeEmission): void;
  beforeEffect(frame: Frame, node: number): Promise<void>;
}

/** One attempt at a node. */
export class NodeRun implements NodeContext {
  readonly nodeId: string;
  readonly title: string;
  readonly executionId: string;
  readonly attempt: number;
  private sealed: Map<string, SealedStream> | undefined;

  constructor(
    private readonly host: NodeHost,
    private readonly frame: Frame,
    private readonly index: number,
    readonly startedAt: number,
  ) {
    const node = frame.node(index);
    this.nodeId = node.id;
    this.title = node.title;
    this.executionId = frame.executionId(index);
    this.attempt = frame.attempts[index] as number;
  }

  get pool(): VariablePool {
    return this.frame.pool;
  }

  get ports(): WorkflowPorts {
    return this.host.ports;
  }

  get facts(): RunFacts {
    return this.host.facts;
  }

  get limits(): RunLimits {
    return this.host.limits;
  }

  get inputs(): Readonly<Record<string, unknown>> {
    return this.host.inputs;
  }

  get secrets(): SecretVault {
    return this.host.secrets;
  }

  get signal(): AbortSignal {
    return this.frame.signal;
  }

  stream(output: string, text: string): void {
    if (this.isStale()) return;
    if (!this.secrets.seals) {
      this.frame.coordinator.stream(this.index, output, text);
      return;
    }
    this.sealed ??= new Map();
    let stream = this.sealed.get(output);
    if (stream === undefined) this.sealed.set(output, (stream = new SealedStream(this.secrets)));
    const safe = stream.push(text);
    if (safe !== '') this.frame.coordinator.stream(this.index, output, safe);
  }

  closeStream(output: string): void {
    if (this.isStale()) return;
    const rest = this.sealed?.get(output)?.end() ?? '';
    this.sealed?.delete(output);
    if (rest !== '') this.frame.coordinator.stream(this.index, output, rest);
    this.frame.coordinator.close(this.index, output);
  }

  emit(emission: NodeEmission): void {
    if (!this.isStale()) this.host.say(this.frame, this.index, emission);
  }

  beforeEffect(): Promise<void> {
    return this.host.beforeEffect(this.frame, this.index);
  }

  text(selector: Selector): string {
    const segment = this.frame.pool.get(selector);
    return segment === undefined ? selectorText(selector) : renderText(segment);
  }

  /** What an attempt says after its end, or after the end of its scope, is not heard. */
  private isStale(): boolean {
    return this.frame.isDead || this.frame.ended[this.index] === 1 || this.frame.attempts[this.index] !== this.attempt;
  }
}
