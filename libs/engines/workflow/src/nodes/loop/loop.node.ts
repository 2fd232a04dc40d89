import { z } from 'zod';
import { evaluateConditions, readConditions, type ConditionGroup } from '../../conditions/conditions.js';
import { addUsage, emptyUsage, type LlmUsage } from '#engines/model-runtime';
import type { Segment } from '../../values/segment.js';
import type { ContainerContext, ContainerPlan, RoundOutcome } from '../container.js';
import { succeeded, type NodeResult } from '../node-result.js';
import type { NodeType } from '../node-type.js';
import { loopVariableSchema, loopVariableValue, type LoopVariable } from './loop-variable.js';

const schema = z.object({
  loop_count: z.coerce.number().int(),
  start_node_id: z.string().nullish(),
  break_conditions: z.array(z.unknown()).nullish(),
  logical_operator: z.enum(['and', 'or']).nullish(),
  loop_variables: z.array(loopVariableSchema).nullish(),
  outputs: z.record(z.string(), z.unknown()).nullish(),
});

interface Settings {
  count: number;
  breaks: ConditionGroup | null;
  variables: readonly LoopVariable[];
  outputs: Readonly<Record<string, unknown>>;
}

/** What a loop knows between two rounds. */
interface State {
  inputs: Record<string, unknown>;
  rounds: number;
  durations: Record<string, number>;
  variables: Record<string, unknown>;
  usage: LlmUsage | null;
  tokens: number;
}

type Reason = 'loop_break' | 'loop_completed' | 'error';

/** Runs a graph again and again, until a condition holds or the count is reached (contract workflow-engine 7.20). */
export const loopNode: NodeType = {
  type: 'loop',
  version: '1',
  execution: 'container',
  compile: (data, context) => {
    const raw = schema.parse(data);
    const conditions = raw.break_conditions ?? [];
    const settings: Settings = {
      count: raw.loop_count,
      breaks: conditions.length === 0 ? null : readConditions(conditions, raw.logical_operator ?? 'and', 'break_conditions'),
      variables: raw.loop_variables ?? [],
      outputs: raw.outputs ?? {},
    };
    const container: ContainerPlan = {
      kind: 'loop',
      startNodeId: raw.start_node_id ?? `${context.nodeId}start`,
      begin: (run) => begin(settings, run),
      roundEnded: (run, round) => roundEnded(settings, run, round),
    };
    const reads = settings.variables.flatMap(({ label, selector }) => (selector === null ? [] : [[label, selector] as const]));
    return { reads: Object.fromEntries(reads), repeatable: true, container, run: () => succeeded({}) };
  },
};

function begin(settings: Settings, context: ContainerContext): NodeResult | undefined {
  const inputs: Record<string, unknown> = { loop_count: settings.count };
  for (const variable of settings.variables) {
    const segment = loopVariableValue(variable, context.pool);
    context.pool.set(context.nodeId, variable.label, segment);
    inputs[variable.label] = segment.value;
  }
  const state: State = { inputs, rounds: 0, durations: {}, variables: {}, usage: null, tokens: 0 };
  Object.assign(context.state, state);
  context.emit({ type: 'started', inputs, metadata: { loop_length: settings.count } });
  if (breaksNow(settings, context, { tolerant: true })) return finish(settings, context, 'loop_break', 0);
  if (settings.count < 1) return finish(settings, context, 'loop_completed', settings.count);
  startRound(context, 0);
  return undefined;
}

function stateOf(context: ContainerContext): State {
  return context.state as unknown as State;
}

function startRound(context: ContainerContext, index: number): void {
  for (const id of context.innerNodeIds) context.pool.clear(id);
  context.startRound(index, context.pool);
}

function roundEnded(settings: Settings, context: ContainerContext, round: RoundOutcome): NodeResult | undefined {
  const state = stateOf(context);
  state.tokens += round.totalTokens;
  if (round.usage !== null) state.usage = addUsage(state.usage ?? emptyUsage(), round.usage);
  state.durations[String(round.index)] = round.elapsed;
  context.mergeAnswer(round.outputs);
  if (round.status === 'failed') return fail(settings, context, round);
  state.rounds += 1;
  state.variables[String(round.index)] = Object.fromEntries(
    valuesOf(settings, context).map(([label, segment]) => [label, segment?.value ?? null]),
  );
  if (round.endedLoop) return finish(settings, context, 'loop_completed', settings.count);
  if (breaksNow(settings, context, { tolerant: false })) return finish(settings, context, 'loop_break', settings.count);
  context.emit({ type: 'next', index: round.index + 1 });
  if (round.index + 1 >= settings.count) return finish(settings, context, 'loop_completed', settings.count);
  startRound(context, round.index + 1);
  return undefined;
}

/** Before the first round a condition may name what only a round brings. */
function breaksNow({ breaks }: Settings, { pool }: ContainerContext, { tolerant }: { tolerant: boolean }): boolean {
  if (breaks === null) return false;
  try {
    return evaluateConditions(breaks, pool).result;
  } catch (error) {
    if (tolerant) return false;
    throw error;
  }
}

function valuesOf({ variables }: Settings, { pool, nodeId }: ContainerContext): [string, Segment | undefined][] {
  return variables.map(({ label }) => [label, pool.get([nodeId, label])]);
}

function finish(settings: Settings, context: ContainerContext, reason: Reason, steps: number): NodeResult {
  const { rounds } = stateOf(context);
  const outputs: Record<string, unknown> = { ...settings.outputs };
  if (rounds > 0) {
    for (const [label, segment] of valuesOf(settings, context)) outputs[label] = segment?.value ?? null;
    outputs.loop_round = rounds;
  }
  const metadata = tell(context, { status: 'succeeded', outputs, reason, steps });
  return { status: 'succeeded', outputs, metadata };
}

function fail(settings: Settings, context: ContainerContext, round: RoundOutcome): NodeResult {
  const error = round.error ?? '';
  const outputs = Object.fromEntries(valuesOf(settings, context).map(([label, segment]) => [label, segment?.value ?? null]));
  tell(context, { status: 'failed', outputs, reason: 'error', steps: settings.count, error });
  return { status: 'failed', error, errorType: round.errorType ?? '', outputs };
}

function tell(
  context: ContainerContext,
  end: { status: 'succeeded' | 'failed'; outputs: Record<string, unknown>; reason: Reason; steps: number; error?: string },
): Record<string, unknown> {
  const { tokens, usage, durations, variables, inputs } = stateOf(context);
  const metadata = {
    total_tokens: tokens,
    total_price: usage?.total_price ?? '0',
    currency: usage?.currency ?? 'USD',
    completed_reason: end.reason,
    loop_duration_map: durations,
    loop_variable_map: variables,
  };
  const { status, outputs, steps, error } = end;
  context.emit({ type: 'finished', status, outputs, inputs, metadata, steps, ...(error === undefined ? {} : { error }) });
  return metadata;
}
