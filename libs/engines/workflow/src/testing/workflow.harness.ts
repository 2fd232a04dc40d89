import { WorkflowEngine, type RunOptions, type RunningWorkflow } from '../engine.js';
import type { CompiledGraph } from '../graph/compiled-graph.js';
import type { GraphDocument } from '../graph/graph-document.js';
import type { CompiledNode, NodeContext, NodeType } from '../nodes/node-type.js';
import type { NodeResult } from '../nodes/node-result.js';
import { NodeRegistry } from '../nodes/node-registry.js';
import { nodeTypes } from '../nodes/node-types.js';
import type { RunInputs } from '../pool/initial-pool.js';
import type { WorkflowPorts } from '../ports/workflow-ports.js';
import type { RunEnded, WorkflowEvent } from '../run/events.js';
import type { RunFacts } from '../run/run-options.js';

export const testFacts: RunFacts = {
  tenantId: 'test_tenant',
  appId: 'test_app',
  workflowId: 'test_workflow',
  runId: 'test_run',
  userId: 'test_user',
  invokeFrom: 'service-api',
  conversationId: null,
  callDepth: 0,
};

/** Ports of tests: ids that count, a clock that stands where it is put, and sleep that ends with the next turn of the event loop. */
export function testPorts(ports: Partial<WorkflowPorts> = {}): WorkflowPorts {
  let count = 0;
  let now = 1_700_000_000_000;
  return {
    clock: { now: () => (now += 1) },
    newId: () => `execution-${(count += 1)}`,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        // Time limits wait for ever here; a pause between two attempts does not.
        if (ms < 60_000) setImmediate(resolve);
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      }),
    ...ports,
  };
}

/** A node that does what a test says. `run` gets what every node gets. */
export function scriptedNode(
  type: string,
  run: (context: NodeContext) => NodeResult | Promise<NodeResult>,
  more: Partial<CompiledNode> & { execution?: NodeType['execution'] } = {},
): NodeType {
  const { execution = 'executable', ...compiled } = more;
  return { type, version: '1', execution, compile: () => ({ reads: {}, repeatable: true, run, ...compiled }) };
}

/** Everything a run told. */
export interface Told {
  events: WorkflowEvent[];
  end: RunEnded;
  /** `type nodeId`, chunks as `chunk nodeId text`. */
  lines: string[];
  /** All chunks, put together. */
  text: string;
}

export interface HarnessOptions extends Partial<RunOptions> {
  inputs?: Record<string, unknown>;
  run?: Partial<RunInputs>;
  ports?: Partial<WorkflowPorts>;
  /** Node types instead of, or beside, the real ones. */
  types?: readonly NodeType[];
}

/** Inputs of a run as fixtures have them. */
export function testInputs({ inputs = {}, run = {} }: HarnessOptions = {}): RunInputs {
  return {
    inputs,
    system: { user_id: 'test_user', app_id: 'test_app', workflow_id: 'test_workflow', workflow_run_id: 'test_run', files: [] },
    ...run,
  };
}

/** An engine with the real nodes, those of the test first. */
export function testEngine(types: readonly NodeType[] = []): WorkflowEngine {
  const names = new Set(types.map(({ type }) => type));
  return new WorkflowEngine({ registry: new NodeRegistry([...nodeTypes.filter(({ type }) => !names.has(type)), ...types]) });
}

/** Compiles and runs a graph to its end. */
export async function runGraph(graph: GraphDocument | CompiledGraph, options: HarnessOptions = {}): Promise<Told> {
  const engine = testEngine(options.types);
  const compiled = 'main' in graph ? (graph as CompiledGraph) : engine.compile(graph);
  return tell(engine.run(compiled, testInputs(options), testPorts(options.ports), { facts: testFacts, ...options }));
}

/** Reads a run to its end. */
export async function tell(run: RunningWorkflow): Promise<Told> {
  const events: WorkflowEvent[] = [];
  for await (const event of run) events.push(event);
  const end = events.at(-1) as RunEnded;
  return { events, end, lines: events.map(lineOf), text: events.map((event) => (event.type === 'chunk' ? event.text : '')).join('') };
}

function lineOf(event: WorkflowEvent): string {
  if (event.type === 'chunk') return `chunk ${event.nodeId} ${JSON.stringify(event.text)}`;
  if ('nodeId' in event && event.nodeId !== null) return `${event.type} ${event.nodeId}`;
  return event.type;
}
