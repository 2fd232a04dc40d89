import type { LlmUsage } from '#engines/model-runtime';
import type { PauseReason, VariableUpdate } from '../nodes/node-result.js';
import { decodeSegment, encodeSegment, type EncodedSegment } from '../values/codec.js';
import type { Segment } from '../values/segment.js';

/** Names a node in a scope of a run. */
interface JournalPlace {
  /** Path of the scope, as `ScopeInfo.path`. */
  scope: string;
  nodeId: string;
  executionId: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/**
 * What happened in a run, in the order it happened. The entries together are the run's whole state: folded over the graph and the inputs they give
 * what a snapshot holds. A store may leave out `begun` entries of nodes that stream and are safe to repeat; they only let a resume tell what is being repeated.
 */
export type JournalEntry =
  /** First entry: what can't be computed again. */
  | { kind: 'run'; nonce: string; at: number }
  /** A node's work began. `mustNotRepeat`: it may have had an effect outside already. */
  | ({ kind: 'begun'; mustNotRepeat: boolean } & JournalPlace)
  /** An attempt failed and will be tried again. */
  | ({ kind: 'attempt'; error: string; errorType: string } & JournalPlace)
  /** A node ended. */
  | ({ kind: 'done'; settlement: NodeSettlement } & JournalPlace)
  | ({ kind: 'paused'; reason: PauseReason } & JournalPlace)
  /** A variable was set from outside. */
  | { kind: 'variable'; selector: readonly string[]; segment: Segment; at: number }
  /** A pause was asked for: what becomes ready from here on waits. */
  | { kind: 'pausing'; reason: PauseReason; at: number }
  /** A paused run goes on. */
  | { kind: 'resumed'; at: number };

/** How a node ended, after retries and error strategy. */
export interface NodeSettlement {
  status: 'succeeded' | 'exception' | 'failed';
  outputs: Readonly<Record<string, Segment>>;
  /** The handle whose edges are taken. */
  handle: string;
  updates: readonly VariableUpdate[];
  usage: LlmUsage | null;
  totalTokens: number;
  endsLoop: boolean;
  error: string | null;
  errorType: string | null;
}

/** Takes the entries of a run as they happen. Must not throw and not wait: whoever stores them does it behind. */
export interface JournalSink {
  append(entry: JournalEntry): void;
}

/** Keeps the entries in memory. */
export class MemoryJournal implements JournalSink {
  readonly entries: JournalEntry[] = [];

  append(entry: JournalEntry): void {
    this.entries.push(entry);
  }
}

interface StoredSettlement {
  outputs: Record<string, EncodedSegment>;
  updates: { selector: string[]; segment: EncodedSegment }[];
}

/** An entry as JSON, without loss. */
export function encodeEntry(entry: JournalEntry): Record<string, unknown> {
  switch (entry.kind) {
    case 'done': {
      const { outputs, updates } = entry.settlement;
      const settlement = {
        ...entry.settlement,
        outputs: Object.fromEntries(Object.entries(outputs).map(([name, segment]) => [name, encodeSegment(segment)])),
        updates: updates.map(({ selector, segment }) => ({ selector, segment: encodeSegment(segment) })),
      };
      return { ...entry, settlement };
    }
    case 'variable':
      return { ...entry, segment: encodeSegment(entry.segment) };
    default:
      return { ...entry };
  }
}

export function decodeEntry(stored: Record<string, unknown>): JournalEntry {
  switch (stored.kind) {
    case 'done': {
      const { outputs, updates, ...rest } = stored.settlement as StoredSettlement;
      const settlement = {
        ...rest,
        outputs: Object.fromEntries(Object.entries(outputs).map(([name, segment]) => [name, decodeSegment(segment)])),
        updates: updates.map(({ selector, segment }) => ({ selector, segment: decodeSegment(segment) })),
      };
      return { ...stored, settlement } as unknown as JournalEntry;
    }
    case 'variable':
      return { ...(stored as object), segment: decodeSegment(stored.segment as EncodedSegment) } as JournalEntry;
    default:
      return stored as unknown as JournalEntry;
  }
}
