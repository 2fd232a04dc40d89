import { randomUUID } from 'node:crypto';
import { isJsonObject } from '#common';
import type { HistoryMessage } from '#engines/chat';
import type { WorkflowPorts } from '../ports/workflow-ports.js';
import { CommandChannel } from '../run/commands.js';
import { WireEvents } from '../wire/wire-events.js';
import { STOPPED_BY_USER, type WireFacts, type WireFrame } from '../wire/wire-frame.js';
import type { Segment } from '../values/segment.js';
import { MemoryOf } from './conversation.js';
import type { RecordedRun, ReplayedWorkflow } from './recordings.js';
import { recordedOutside } from './recorded-outside.js';
import { testEngine, testFacts, testPorts } from './workflow.harness.js';

/** Replays recorded runs in their order, so that later turns of a conversation find what earlier ones left. */
export class Replayer {
  private readonly variables = new Map<string, Record<string, Segment>>();
  private readonly turns = new Map<string, Partial<HistoryMessage>[]>();

  /** Runs a graph with the inputs of a recorded run and everything outside answering as it did then; gives the frames of the wire. */
  async replay(recorded: RecordedRun, workflow: ReplayedWorkflow, ports: Partial<WorkflowPorts> = {}): Promise<WireFrame[]> {
    const { inputs, system, frames, conversation, mode } = recorded;
    const engine = testEngine();
    const commands = new CommandChannel();
    const wire = new WireEvents(factsOf(recorded));
    const kept = this.variables.get(conversation) ?? {};
    const run = engine.run(
      engine.compile(workflow.graph),
      {
        inputs,
        system,
        environment: workflow.environment ?? [],
        conversation: (workflow.conversation ?? []).map((variable) => ({
          ...variable,
          value: kept[variable.name]?.value ?? variable.value,
        })),
      },
      testPorts({
        newId: () => randomUUID(),
        memory: new MemoryOf(this.turns.get(conversation) ?? []),
        ...recordedOutside(frames),
        ...ports,
      }),
      { facts: { ...testFacts, conversationId: mode === 'workflow' ? null : conversation }, commands, limits: { maxParallelNodes: 1 } },
    );
    const told: WireFrame[] = [];
    for await (const event of run) {
      told.push(...wire.of(event).map((frame) => JSON.parse(JSON.stringify(frame)) as WireFrame));
      if (event.type === 'node_finished')
        for (const { selector, segment } of event.conversationUpdates) kept[selector[1] as string] = segment;
      // Who stopped the recorded run did so after its last event but the end.
      if (isStopped(frames) && told.length === frames.length - 1) commands.send({ type: 'stop', reason: STOPPED_BY_USER });
    }
    this.variables.set(conversation, kept);
    const answer = told.map((frame) => (frame.event === 'message' ? String(frame.answer) : '')).join('');
    this.turns.set(conversation, [{ query: recorded.query, answer }, ...(this.turns.get(conversation) ?? [])]);
    return told;
  }
}

function isStopped(frames: readonly WireFrame[]): boolean {
  return frames.some(({ event, data }) => event === 'workflow_finished' && (data as { status: string }).status === 'stopped');
}

function factsOf({ mode, conversation, system, frames }: RecordedRun): WireFacts {
  const isChat = mode === 'advanced-chat';
  return {
    mode,
    taskId: randomUUID(),
    runId: String(system.workflow_run_id),
    workflowId: String(system.workflow_id),
    conversationId: isChat ? conversation : null,
    messageId: isChat ? randomUUID() : null,
    createdBy: { id: randomUUID(), user: String(system.user_id) },
    inputs: (frames[0]?.data as { inputs: Record<string, unknown> }).inputs,
  };
}

/** Moments, durations and what differs from run to run: only that they are there is compared. */
const FLEETING = new Set([
  'task_id',
  'created_at',
  'finished_at',
  'elapsed_time',
  'latency',
  'time_to_first_token',
  'time_to_generate',
  'created_by',
  'prompt_tokens',
  'completion_tokens',
  'total_tokens',
  'total_price',
  'form_id',
  'form_token',
  'expiration_time',
  // Prices: those models cost nothing, told in many ways.
  'prompt_unit_price',
  'prompt_price_unit',
  'prompt_price',
  'completion_unit_price',
  'completion_price_unit',
  'completion_price',
]);
/** Of links to files. */
const SIGNATURE = /\?timestamp=[^)\s"]*/g;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * Frames with ids by the order they appear in, and without moments, tokens, durations, and what our runs tell otherwise on purpose (docs/differences.md).
 * `leftOut` names further keys to leave out.
 */
export function normalised(frames: readonly WireFrame[], leftOut: readonly string[] = []): unknown[] {
  const ids = new Map<string, string>();
  const named = (text: string): string =>
    text.replaceAll(SIGNATURE, '').replace(UUID, (id) => {
      if (!ids.has(id)) ids.set(id, `#${ids.size + 1}`);
      return ids.get(id) as string;
    });
  const walk = (value: unknown, key: string): unknown => {
    if (FLEETING.has(key)) return '*';
    if (typeof value === 'string') return named(value);
    if (Array.isArray(value)) return inOrder(value, key).map((item) => walk(item, ''));
    if (!isJsonObject(value)) return value;
    const durations = key.endsWith('_duration_map');
    return Object.fromEntries(
      Object.keys(value)
        .filter((name) => !leftOut.includes(name))
        .sort()
        .map((name) => [name, durations ? '*' : walk(told(value, name), name)]),
    );
  };
  return withoutBlankPieces(frames).map((frame) => walk(frame, ''));
}

/** Frames node by node: for runs whose nodes work side by side, where only the order within a node is certain. */
export function byNode(frames: readonly WireFrame[]): WireFrame[] {
  const nodeOf = (frame: WireFrame): string => {
    const { node_id: node, from_variable_selector: selector } = { ...frame, ...(frame.data as object | undefined) } as {
      node_id?: string;
      from_variable_selector?: string[];
    };
    return selector === undefined ? (node ?? frame.event) : `pieces of ${selector[0] ?? ''}`;
  };
  return [...frames].sort((a, b) => nodeOf(a).localeCompare(nodeOf(b)));
}

/** What a caught failure says stands in its outputs; Dify's `error` beside them is always `Unknown error`. Icons belong to the server around. */
function told(value: Record<string, unknown>, name: string): unknown {
  if (name === 'error' && value.status === 'exception') return '*';
  return name === 'extras' ? {} : value[name];
}

/** An assigner's list of what it wrote has the order of a Python set. */
function inOrder(list: readonly unknown[], key: string): readonly unknown[] {
  if (key !== '__updated_variables') return list;
  return [...(list as { name: string }[])].sort((a, b) => a.name.localeCompare(b.name));
}

/** A model's own last piece without text goes through Dify's stream beside the one that ends the node's text. */
function withoutBlankPieces(frames: readonly WireFrame[]): WireFrame[] {
  return frames.filter((frame, index) => isBlank(frame) === null || isBlank(frame) !== isBlank(frames[index + 1]));
}

function isBlank(frame: WireFrame | undefined): string | null {
  const piece = frame?.event === 'text_chunk' ? (frame.data as WireFrame) : frame;
  return piece !== undefined && (piece.text === '' || piece.answer === '') ? String(piece.from_variable_selector) : null;
}
