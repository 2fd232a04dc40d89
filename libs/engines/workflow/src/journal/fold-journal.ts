import type { GraphNode } from '../graph/compiled-graph.js';
import { TAKEN, type Frame } from '../run/frame.js';
import type { WorkflowRun } from '../run/workflow-run.js';
import { ResumeError } from '../workflow.errors.js';
import type { JournalEntry } from './journal.js';

/** What a fold found beside the state. */
export interface FoldResult {
  /** Nodes that had begun and did not end, and must not run again. */
  unfinishedEffects: { node: GraphNode; executionId: string }[];
  /** Nodes that stream, had begun and did not end: they will say again what they may have said. */
  repeated: { frame: Frame; node: number }[];
}

/** Brings a fresh run into the state its journal tells of. Nothing runs and nothing is told meanwhile. Throws `ResumeError`. */
export function foldJournal(run: WorkflowRun, entries: readonly JournalEntry[]): FoldResult {
  const begun = new Map<string, Begun>();
  run.state.isReplaying = true;
  run.begin();
  for (const entry of entries) {
    if (entry.kind === 'run') {
      run.state.startedAt = run.state.moment = entry.at;
    } else if (entry.kind === 'variable') run.setVariable(entry.selector, entry.segment);
    else if (entry.kind === 'pausing') run.pauseBy(entry.reason);
    else if (entry.kind === 'resumed') run.scheduler.wake();
    else foldNode(run, entry, begun);
  }
  return sortBegun(begun);
}

interface Begun {
  frame: Frame;
  node: number;
  mustNotRepeat: boolean;
}

type NodeEntry = Extract<JournalEntry, { nodeId: string }>;

function foldNode(run: WorkflowRun, entry: NodeEntry, begun: Map<string, Begun>): void {
  const frame = run.state.frames.get(entry.scope);
  // The end of a container drops its scopes: what the journal says of them afterwards came from nodes nobody waited for.
  if (frame === undefined) return;
  const node = frame.graph.indexOf.get(entry.nodeId);
  if (node === undefined) throw new ResumeError(`The journal tells of the node ${entry.nodeId}, which the graph does not have.`);
  if (frame.ended[node] === 1) return;
  run.state.moment = entry.at;
  frame.executionIds[node] = entry.executionId;
  const key = `${entry.scope}\u0000${entry.nodeId}`;
  const isContainer = frame.node(node).compiled.container !== undefined;
  switch (entry.kind) {
    case 'begun':
      if (isContainer) {
        take(run, frame, node);
        run.state.countStep(frame);
        frame.nodeStates[node] = TAKEN;
        run.rounds.begin(frame, node);
      } else begun.set(key, { frame, node, mustNotRepeat: entry.mustNotRepeat });
      return;
    case 'attempt':
      run.state.countStep(frame);
      run.state.countAttempt(frame, node);
      begun.delete(key);
      return;
    case 'done':
      // A container's end follows from its rounds; one that failed at its begin has ended above.
      if (isContainer) return;
      take(run, frame, node);
      begun.delete(key);
      run.state.countStep(frame);
      run.settler.apply(frame, node, { settlement: entry.settlement, result: null, startedAt: entry.at });
      return;
    case 'paused':
      take(run, frame, node);
      begun.delete(key);
      run.state.countStep(frame);
      run.settler.suspend(frame, node, entry.reason);
  }
}

function take(run: WorkflowRun, frame: Frame, node: number): void {
  if (!run.scheduler.take(frame, node))
    throw new ResumeError(
      `The journal tells of the node ${frame.node(node).id} at a time when it could not run: it belongs to another graph.`,
    );
}

function sortBegun(begun: ReadonlyMap<string, Begun>): FoldResult {
  const result: FoldResult = { unfinishedEffects: [], repeated: [] };
  for (const place of begun.values()) {
    const { frame, node } = place;
    if (frame.isDead || frame.ended[node] === 1) continue;
    const graphNode = frame.node(node);
    if (place.mustNotRepeat) result.unfinishedEffects.push({ node: graphNode, executionId: frame.executionId(node) });
    else if (graphNode.compiled.streams !== undefined) result.repeated.push(place);
  }
  return result;
}
