import { isJsonObject } from '#common';
import type { LlmUsage } from '#engines/model-runtime';
import type { SubGraph } from '../graph/compiled-graph.js';
import type { PauseReason } from '../nodes/node-result.js';
import { VariablePool, type EncodedPool } from '../pool/variable-pool.js';
import { Frame, type ContainerRun } from '../run/frame.js';
import type { ScopeInfo } from '../run/events.js';
import type { WorkflowRun } from '../run/workflow-run.js';
import type { EncodedCoordinator } from '../streaming/response-coordinator.js';
import { decodeValue, encodeValue } from '../values/codec.js';
import { segmentOf } from '../values/segment.js';
import { ResumeError } from '../workflow.errors.js';

const VERSION = 1;

/** The whole state of a paused run, as JSON. Holds no secret. */
export interface RunSnapshot {
  version: typeof VERSION;
  nonce: string;
  startedAt: number;
  steps: number;
  outerSteps: number;
  exceptionsCount: number;
  usage: LlmUsage | null;
  totalTokens: number;
  pauseReasons: PauseReason[];
  frames: EncodedFrame[];
}

interface EncodedFrame {
  scope: ScopeInfo;
  /** The container, by the place of its node in the scope around it; null for the run itself. */
  parent: { path: string; node: number; index: number } | null;
  startedAt: number;
  /** Null: the pool of the scope around it. */
  pool: EncodedPool | null;
  /** One digit a node, or an edge. */
  nodes: string;
  edges: string;
  ended: string;
  attempts: Record<number, number>;
  executionIds: (string | null)[];
  outputs: unknown;
  paused: number[];
  deferred: number[];
  active: number;
  endedLoop: boolean;
  isBuffered: boolean;
  usage: LlmUsage | null;
  totalTokens: number;
  containers: { node: number; state: unknown; open: string[]; startedAt: number }[];
  coordinator: EncodedCoordinator;
}

/** The state of a run that has paused. */
export function takeSnapshot({ state, secrets }: WorkflowRun): RunSnapshot {
  return {
    version: VERSION,
    nonce: secrets.nonce,
    startedAt: state.startedAt,
    steps: state.steps,
    outerSteps: state.outerSteps,
    exceptionsCount: state.exceptionsCount,
    usage: state.usage,
    totalTokens: state.totalTokens,
    pauseReasons: [...state.pauseReasons],
    frames: [...state.frames.values()].map(encodeFrame),
  };
}

function encodeFrame(frame: Frame): EncodedFrame {
  const { parent } = frame;
  return {
    scope: frame.scope,
    parent: parent === null ? null : { path: parent.frame.scope.path, node: parent.node, index: parent.index },
    startedAt: frame.startedAt,
    pool: parent !== null && parent.frame.pool === frame.pool ? null : frame.pool.encode(),
    nodes: frame.nodeStates.join(''),
    edges: frame.edgeStates.join(''),
    ended: frame.ended.join(''),
    attempts: Object.fromEntries([...frame.attempts].flatMap((count, node) => (count > 0 ? [[node, count]] : []))),
    executionIds: Array.from(frame.executionIds, (id) => id ?? null),
    outputs: encodeValue(frame.outputs),
    paused: [...frame.paused],
    deferred: [...frame.deferred],
    active: frame.active,
    endedLoop: frame.endedLoop,
    isBuffered: frame.buffer !== null,
    usage: frame.usage,
    totalTokens: frame.totalTokens,
    containers: [...frame.containers].map(([node, { state, open, startedAt }]) => ({
      node,
      state: encodeValue(state),
      open: [...open],
      startedAt,
    })),
    coordinator: frame.coordinator.encode(),
  };
}

/** Reads a snapshot's header. Throws `ResumeError` for what is none, or one of another version. */
export function readSnapshot(stored: unknown): RunSnapshot {
  if (!isJsonObject(stored) || !Array.isArray(stored.frames)) throw new ResumeError('The stored state of the run can not be read.');
  if (stored.version !== VERSION)
    throw new ResumeError(`The stored state of the run has the version ${String(stored.version)}; this engine reads ${VERSION}.`);
  return stored as unknown as RunSnapshot;
}

/** Brings a fresh run into the state of a snapshot. Throws `ResumeError` when it belongs to another graph. */
export function restoreSnapshot(run: WorkflowRun, snapshot: RunSnapshot): void {
  const { state } = run;
  state.startedAt = snapshot.startedAt;
  state.steps = snapshot.steps;
  state.outerSteps = snapshot.outerSteps;
  state.exceptionsCount = snapshot.exceptionsCount;
  state.usage = snapshot.usage;
  state.totalTokens = snapshot.totalTokens;
  state.pauseReasons.push(...snapshot.pauseReasons);
  for (const encoded of snapshot.frames) restoreFrame(run, encoded);
}

function restoreFrame(run: WorkflowRun, encoded: EncodedFrame): void {
  const frame = encoded.parent === null ? run.state.root : openFrame(run, encoded, encoded.parent);
  if (encoded.nodes.length !== frame.graph.nodes.length || encoded.edges.length !== frame.graph.edges.length)
    throw new ResumeError('The stored state of the run belongs to another graph.');
  frame.nodeStates.set(Uint8Array.from(encoded.nodes, Number));
  frame.edgeStates.set(Uint8Array.from(encoded.edges, Number));
  frame.ended.set(Uint8Array.from(encoded.ended, Number));
  for (const [node, count] of Object.entries(encoded.attempts)) frame.attempts[Number(node)] = count;
  encoded.executionIds.forEach((id, node) => (frame.executionIds[node] = id ?? undefined));
  frame.recount();
  frame.outputs = Object.fromEntries(
    Object.entries(decodeValue(encoded.outputs) as Record<string, unknown>).map(([name, value]) => [name, segmentOf(value)]),
  );
  for (const node of encoded.paused) frame.paused.add(node);
  frame.deferred.push(...encoded.deferred);
  frame.active = encoded.active;
  frame.endedLoop = encoded.endedLoop;
  frame.buffer = encoded.isBuffered ? [] : null;
  frame.usage = encoded.usage;
  frame.totalTokens = encoded.totalTokens;
  for (const { node, state, open, startedAt } of encoded.containers) {
    const container: ContainerRun = { state: decodeValue(state) as Record<string, unknown>, open: new Set(open), startedAt };
    frame.containers.set(node, container);
  }
  frame.coordinator.restore(encoded.coordinator);
}

function openFrame(run: WorkflowRun, encoded: EncodedFrame, at: NonNullable<EncodedFrame['parent']>): Frame {
  const outer = run.state.frames.get(at.path);
  const container = outer?.graph.nodes[at.node];
  const graph: SubGraph | undefined = container && run.setup.graph.inner.get(container.id);
  if (outer === undefined || graph === undefined) throw new ResumeError('The stored state of the run belongs to another graph.');
  const pool = encoded.pool === null ? outer.pool : VariablePool.decode(encoded.pool);
  const frame = new Frame(run, graph, pool, encoded.scope, { frame: outer, node: at.node, index: at.index }, encoded.startedAt);
  run.state.frames.set(encoded.scope.path, frame);
  return frame;
}
