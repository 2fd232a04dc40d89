import type { RunInputs } from '../pool/initial-pool.js';
import type { GraphDocument } from '../graph/graph-document.js';
import type { WireFrame } from '../wire/wire-frame.js';
import type { RecordedRun, ReplayedWorkflow } from './recordings.js';

type Values = Record<string, unknown>;

const TOP = ['event', 'answer', 'from_variable_selector', 'conversation_id'];
const DATA = [
  'node_id',
  'status',
  'error',
  'outputs',
  'text',
  'from_variable_selector',
  'retry_index',
  'iteration_id',
  'loop_id',
  'steps',
  'total_steps',
  'exceptions_count',
];
const ROUNDS = [...DATA, 'index'];

/** The facts of a run, without all that no test needs; without its workflow when that one is built by hand. */
export function factsOf(run: RecordedRun, isBuilt: boolean, { graph, environment, conversation }: ReplayedWorkflow): RecordedRun {
  const workflow = {
    graph: plainGraph(graph),
    ...(environment !== undefined && environment.length > 0 && { environment: environment.map(plainVariable) }),
    ...(conversation !== undefined && conversation.length > 0 && { conversation: conversation.map(plainVariable) }),
  };
  return { ...run, workflow: isBuilt ? null : workflow, frames: run.frames.map(factsOfFrame) };
}

/** What is worth asserting of a frame; the same for a frame that is already reduced to it. */
export function factsOfFrame(frame: WireFrame): WireFrame {
  const data = (frame.data ?? {}) as Values;
  const reduced = picked(data, frame.event.endsWith('_next') ? ROUNDS : DATA);
  // Read by the outside of a replayed run.
  if (['node_finished', 'node_retry'].includes(frame.event)) Object.assign(reduced, picked(data, ['node_type']));
  if (data.node_type === 'start') delete reduced.outputs;
  else if (reduced.outputs !== undefined) reduced.outputs = withoutUsage(reduced.outputs as Values);
  if (data.status === 'exception') delete reduced.error;
  if (frame.event === 'workflow_started') reduced.inputs = {};
  return { ...picked(frame, TOP), ...(Object.keys(reduced).length > 0 && { data: reduced }) } as unknown as WireFrame;
}

function picked(values: Readonly<Record<string, unknown>>, names: readonly string[]): Values {
  return Object.fromEntries(names.flatMap((name) => (values[name] === undefined || values[name] === null ? [] : [[name, values[name]]])));
}

function withoutUsage({ usage: _usage, ...outputs }: Values): Values {
  return outputs;
}

function plainGraph({ nodes, edges }: GraphDocument): GraphDocument {
  return {
    nodes: nodes.map(({ id, parentId, data }) => ({ id, ...(typeof parentId === 'string' && { parentId }), data })),
    edges: edges.map(({ source, sourceHandle, target }) => ({ source, sourceHandle, target })),
  };
}

function plainVariable({
  name,
  type,
  value,
}: NonNullable<RunInputs['environment']>[number]): NonNullable<RunInputs['environment']>[number] {
  return { name, type, value };
}
