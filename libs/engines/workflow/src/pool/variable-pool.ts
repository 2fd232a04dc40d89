import { isJsonObject } from '#common';
import { FileValue } from '../values/file-value.js';
import { Segment, segmentOf } from '../values/segment.js';
import { decodeSegment, encodeSegment, type EncodedSegment } from '../values/codec.js';
import type { Selector } from './selector.js';

/** What nodes see of the pool. */
export interface PoolReader {
  /** The value a selector names; undefined when there is none (contract workflow-engine 3.3). */
  get(selector: Selector): Segment | undefined;
}

/** The pool as JSON. */
export type EncodedPool = Record<string, Record<string, EncodedSegment>>;

/** All variables of a scope of a run: outputs by node id and name, and the engine's own under `sys`, `env`, `conversation`. */
export class VariablePool implements PoolReader {
  private readonly nodes = new Map<string, Map<string, Segment>>();
  /** Inner maps that another pool may hold too; they are copied before they are written. */
  private shared: Set<string> | undefined;

  get(selector: Selector): Segment | undefined {
    if (selector.length < 2) return undefined;
    const variables = this.nodes.get(selector[0] as string);
    const segment = variables?.get(selector[1] as string);
    if (segment === undefined || selector.length === 2) return segment;
    return descend(segment, selector);
  }

  set(nodeId: string, name: string, segment: Segment): void {
    this.own(nodeId).set(name, segment);
  }

  /** Stores all outputs of a node. */
  setAll(nodeId: string, outputs: Readonly<Record<string, unknown>>): void {
    const variables = this.own(nodeId);
    for (const name in outputs) variables.set(name, segmentOf(outputs[name]));
  }

  /** Forgets everything a node has put out. */
  clear(nodeId: string): void {
    this.nodes.delete(nodeId);
    this.shared?.delete(nodeId);
  }

  has(nodeId: string): boolean {
    return this.nodes.has(nodeId);
  }

  /** The variables of one node; empty when it has none. */
  variables(nodeId: string): ReadonlyMap<string, Segment> {
    return this.nodes.get(nodeId) ?? NO_VARIABLES;
  }

  /** All values, but for those of nodes that are in `seen`, which other pools hold as well; adds what it gives to `seen`. */
  *segments(seen: Set<unknown>): Generator<Segment> {
    for (const variables of this.nodes.values()) {
      if (seen.has(variables)) continue;
      seen.add(variables);
      yield* variables.values();
    }
  }

  /** A pool with the same values; what either writes the other does not see. */
  fork(): VariablePool {
    const copy = new VariablePool();
    for (const [nodeId, variables] of this.nodes) copy.nodes.set(nodeId, variables);
    copy.shared = new Set(this.nodes.keys());
    this.shared = new Set(this.nodes.keys());
    return copy;
  }

  encode(): EncodedPool {
    const out: EncodedPool = {};
    for (const [nodeId, variables] of this.nodes) {
      const encoded: Record<string, EncodedSegment> = {};
      for (const [name, segment] of variables) encoded[name] = encodeSegment(segment);
      out[nodeId] = encoded;
    }
    return out;
  }

  static decode(encoded: EncodedPool): VariablePool {
    const pool = new VariablePool();
    for (const [nodeId, variables] of Object.entries(encoded)) {
      for (const [name, segment] of Object.entries(variables)) pool.set(nodeId, name, decodeSegment(segment));
    }
    return pool;
  }

  private own(nodeId: string): Map<string, Segment> {
    let variables = this.nodes.get(nodeId);
    if (variables === undefined) this.nodes.set(nodeId, (variables = new Map<string, Segment>()));
    else if (this.shared?.delete(nodeId)) this.nodes.set(nodeId, (variables = new Map(variables)));
    return variables;
  }
}

const NO_VARIABLES: ReadonlyMap<string, Segment> = new Map<string, Segment>();

function descend(segment: Segment, selector: Selector): Segment | undefined {
  let value = segment.value;
  for (let i = 2; i < selector.length; i += 1) {
    const key = selector[i] as string;
    if (value instanceof FileValue) value = value.attribute(key);
    else if (isJsonObject(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
    if (value === undefined) return undefined;
  }
  return segmentOf(value);
}
