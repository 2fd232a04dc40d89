import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphDocument } from '../../graph/graph-document.js';
import type { InvokeMessage } from '../../ports/invoke-message.js';
import { FUNCTION_CALLING, ScriptedAgents, type AgentScript } from '../../testing/scripted-agents.js';
import { runGraph, testFacts } from '../../testing/workflow.harness.js';
import { WireEvents } from '../../wire/wire-events.js';

type Json = Record<string, unknown>;
interface Frame {
  event: string;
  data: Json;
  answer?: string;
}
interface Exchange {
  request: { path: string; body?: Json };
  response: { events?: { data?: Json }[] };
}

const FOLDER = join(import.meta.dirname, '../../../../../../../shared/contract/traces/agents');
/** The recordings lie beside the repository, and are absent in most places; `npm test` says so. */
const hasTraces = existsSync(FOLDER);
const TRANSFORM = 'Failed to transform agent message: ';
const NOT_FOUND = 'Failed to get agent strategy: ';

/** A run of an agent node, as it was recorded. */
interface Recorded {
  name: string;
  graph: GraphDocument;
  isChat: boolean;
  inputs: Json;
  query: string | undefined;
  frames: Frame[];
}

function recordedRuns(): Recorded[] {
  if (!hasTraces) return [];
  const names = readdirSync(FOLDER).filter((name) => /^(workflow|chatflow)-/.test(name) && name !== 'workflow-iteration.json');
  return names.flatMap((name) => {
    const { exchanges } = JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as { exchanges: Exchange[] };
    const text = exchanges.map(({ request }) => request.body?.yaml_content).find((yaml) => typeof yaml === 'string');
    const { app, workflow } = JSON.parse(String(text)) as { app: { mode: string }; workflow: { graph: GraphDocument } };
    const runs = exchanges.filter(({ request, response }) => response.events !== undefined && request.path.startsWith('/v1/'));
    return runs.map(({ request, response }, index) => ({
      name: `${name} ${String(index + 1)}`,
      graph: workflow.graph,
      isChat: app.mode === 'advanced-chat',
      inputs: (request.body?.inputs ?? {}) as Json,
      query: request.body?.query as string | undefined,
      frames: (response.events ?? []).flatMap(({ data }) => (data === undefined ? [] : [data as unknown as Frame])),
    }));
  });
}

/** What the strategy said in a recorded run. */
function scriptOf({ frames }: Recorded, end: Json): AgentScript {
  const said = frames.flatMap(({ event, data, ...rest }): InvokeMessage[] => {
    if (event === 'agent_log') return [{ type: 'log', log: data as never }];
    const piece = chunkOf({ event, data, ...rest });
    return piece !== null && piece.selector === 'agent.text' && piece.text !== '' ? [{ type: 'text', text: piece.text }] : [];
  });
  const usage = (end.outputs as Json).usage as never;
  if (end.status === 'succeeded') return [...said, { type: 'usage', usage }];
  const { error_message: told = end.error } = end.outputs as Json;
  return [...said.filter(({ type }) => type === 'log'), new Error(String(told).replace(TRANSFORM, ''))];
}

function chunkOf({
  event,
  data,
  answer,
  ...rest
}: Frame & { from_variable_selector?: string[] }): { text: string; selector: string } | null {
  if (event === 'text_chunk') return { text: String(data.text), selector: (data.from_variable_selector as string[]).join('.') };
  return event === 'message' ? { text: answer ?? '', selector: (rest.from_variable_selector ?? []).join('.') } : null;
}

/** What is compared of a frame: order, steps, pieces, and how the agent ended. */
function essence(frames: readonly Frame[]): unknown[] {
  return frames.flatMap((frame): unknown[] => {
    const piece = chunkOf(frame);
    // Default values of type array[file] stay texts in the original, and are lists here.
    if (piece !== null) return piece.selector === 'agent.files' ? [] : [piece];
    const { event, data } = frame;
    if (event === 'agent_log') return [{ event, ...data }];
    if (event === 'node_started' && data.node_id === 'agent')
      return [{ event, extras: data.extras, name: (data.agent_strategy as Json).name }];
    if (event !== 'node_finished' || data.node_id !== 'agent') return event.startsWith('node_') ? [`${event} ${String(data.node_id)}`] : [];
    const { inputs, outputs, status, execution_metadata: metadata } = data;
    // The original shows `Unknown error` beside default values; ours says what it was.
    const error = status === 'exception' ? null : data.error;
    const { total_price: _price, error_strategy: _strategy, ...told } = (metadata ?? {}) as Json;
    const { files: _files, ...shown } = outputs as Json;
    return [{ event, inputs: inputs ?? {}, outputs: status === 'exception' ? shown : outputs, status, error, metadata: told }];
  });
}

describe.skipIf(!hasTraces)('recorded agents', () => {
  const runs = recordedRuns();

  it('should be many', () => {
    expect(runs.length).toBeGreaterThan(25);
  });

  it.each(runs)('should be told as in $name', async (recorded) => {
    const end = recorded.frames.find(({ event, data }) => event === 'node_finished' && data.node_id === 'agent')?.data as Json;
    const started = recorded.frames.find(({ event, data }) => event === 'node_started' && data.node_id === 'agent')?.data as Json;
    const error = String(end.error);
    const isUnprepared = end.status === 'failed' && !error.startsWith(TRANSFORM) && !error.startsWith(NOT_FOUND);
    const agents = new ScriptedAgents(scriptOf(recorded, end), {
      parameters: FUNCTION_CALLING,
      icon: ((started.agent_strategy as Json | null)?.icon as string | null | undefined) ?? null,
      ...(error.startsWith(NOT_FOUND) && { missing: new Error(error.replace(NOT_FOUND, '')) }),
      ...(isUnprepared && { unprepared: new Error(error) }),
    });
    const { events } = await runGraph(recorded.graph, {
      inputs: recorded.inputs,
      ports: { agents },
      facts: { ...testFacts, conversationId: recorded.isChat ? 'talk' : null },
      run: { system: { user_id: 'abc-123', files: [], ...(recorded.query !== undefined && { query: recorded.query }) } },
    });
    const wire = new WireEvents({
      mode: recorded.isChat ? 'advanced-chat' : 'workflow',
      taskId: 't',
      runId: 'r',
      workflowId: 'w',
      conversationId: recorded.isChat ? 'talk' : null,
      messageId: recorded.isChat ? 'm' : null,
      createdBy: { id: 'u', user: 'abc-123' },
      inputs: {},
    });
    const frames = events.flatMap((event) => wire.of(event)).map((frame) => JSON.parse(JSON.stringify(frame)) as Frame);
    expect(essence(frames)).toEqual(essence(recorded.frames));
  });
});
