import { createHash } from 'node:crypto';
import { compileGraph, type CompileOptions } from './graph/compile-graph.js';
import type { CompiledGraph } from './graph/compiled-graph.js';
import type { GraphDocument } from './graph/graph-document.js';
import { foldJournal } from './journal/fold-journal.js';
import type { JournalEntry, JournalSink } from './journal/journal.js';
import { readSnapshot, restoreSnapshot, takeSnapshot, type RunSnapshot } from './journal/snapshot.js';
import type { NodeRegistry } from './nodes/node-registry.js';
import { SecretVault } from './pool/secret-vault.js';
import { initialPool, secretsOf, type RunInputs } from './pool/initial-pool.js';
import { VariablePool, type EncodedPool } from './pool/variable-pool.js';
import type { WorkflowPorts } from './ports/workflow-ports.js';
import type { CommandChannel } from './run/commands.js';
import type { WorkflowEvent } from './run/events.js';
import { DEFAULT_LIMITS, type RunFacts, type RunLimits } from './run/run-options.js';
import type { RunLayer } from './run/run-teller.js';
import { WorkflowRun } from './run/workflow-run.js';

const DEFAULT_CACHED_GRAPHS = 500;

export interface EngineOptions {
  registry: NodeRegistry;
  /** Compiled graphs kept in memory. Default 500. */
  cachedGraphs?: number;
}

/** How a graph is run. */
export interface RunOptions {
  facts: RunFacts;
  limits?: Partial<RunLimits>;
  commands?: CommandChannel;
  /** Ends the run as aborted. */
  signal?: AbortSignal;
  /** Takes what is needed to go on after a crash. */
  journal?: JournalSink;
  /** Watch the events. */
  layers?: readonly RunLayer[];
}

/** A run's events, in order. Iterate once; the run begins then. After a `run_paused` the state can be taken. */
export interface RunningWorkflow extends AsyncIterable<WorkflowEvent> {
  snapshot(): RunSnapshot;
}

/** Compiles graphs and runs them. Plain: knows no server and no database; everything outside comes through ports. */
export class WorkflowEngine {
  private readonly cache = new Map<string, CompiledGraph>();

  constructor(private readonly options: EngineOptions) {}

  /** Compiles a graph, or finds it compiled. `hash` names its content; without one it is computed. */
  compile(document: GraphDocument, hash?: string, options?: Omit<CompileOptions, 'registry'>): CompiledGraph {
    const key = `${hash ?? hashOf(document)}:${options?.rootNodeId ?? ''}`;
    const known = this.cache.get(key);
    if (known !== undefined) {
      // Put last again: the first key is the one not asked for the longest.
      this.cache.delete(key);
      this.cache.set(key, known);
      return known;
    }
    const graph = compileGraph(document, { registry: this.options.registry, ...options });
    this.cache.set(key, graph);
    if (this.cache.size > (this.options.cachedGraphs ?? DEFAULT_CACHED_GRAPHS)) this.cache.delete(this.cache.keys().next().value as string);
    return graph;
  }

  /** Runs a graph. What is wrong with the graph is a failed run, not an exception. */
  run(graph: CompiledGraph, inputs: RunInputs, ports: WorkflowPorts, options: RunOptions): RunningWorkflow {
    const run = this.open(graph, inputs, ports, options);
    return running(run, () => {
      run.start();
    });
  }

  /**
   * Goes on with a run whose process ended, from the entries its journal stored. Nodes that ended do not run again. A node that must not run twice and was found begun
   * ends the run as failed. Throws `ResumeError` when the journal belongs to another graph.
   */
  resume(
    graph: CompiledGraph,
    inputs: RunInputs,
    journal: readonly JournalEntry[],
    ports: WorkflowPorts,
    options: RunOptions,
  ): RunningWorkflow {
    const head = journal.find((entry) => entry.kind === 'run');
    const run = this.open(graph, inputs, ports, options, head?.nonce);
    const fold = foldJournal(run, journal);
    return running(run, () => {
      run.goOn(fold);
    });
  }

  /** Goes on with a paused run. Throws `ResumeError` when the state can't be read, or belongs to another graph. */
  resumeFrom(graph: CompiledGraph, inputs: RunInputs, snapshot: unknown, ports: WorkflowPorts, options: RunOptions): RunningWorkflow {
    const read = readSnapshot(snapshot);
    const run = this.open(graph, inputs, ports, options, read.nonce, read);
    restoreSnapshot(run, read);
    return running(run, () => {
      run.goOn();
    });
  }

  private open(
    graph: CompiledGraph,
    inputs: RunInputs,
    ports: WorkflowPorts,
    options: RunOptions,
    nonce?: string,
    snapshot?: RunSnapshot,
  ): WorkflowRun {
    const secrets = new SecretVault(secretsOf(inputs), nonce);
    const { facts, limits, ...rest } = options;
    return new WorkflowRun({
      ...rest,
      graph,
      ports,
      facts,
      limits: limits === undefined ? DEFAULT_LIMITS : { ...DEFAULT_LIMITS, ...limits },
      inputs: inputs.inputs,
      secrets,
      pool: snapshot === undefined ? initialPool(inputs, secrets) : VariablePool.decode(rootPool(snapshot)),
    });
  }
}

function rootPool(snapshot: RunSnapshot): EncodedPool {
  return snapshot.frames.find(({ parent }) => parent === null)?.pool ?? {};
}

function running(run: WorkflowRun, begin: () => void): RunningWorkflow {
  return {
    [Symbol.asyncIterator]: () => {
      begin();
      return run.events;
    },
    snapshot: () => takeSnapshot(run),
  };
}

function hashOf(document: GraphDocument): string {
  return createHash('sha256').update(JSON.stringify(document)).digest('base64url');
}
