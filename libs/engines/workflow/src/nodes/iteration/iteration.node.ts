import { z } from 'zod';
import { addUsage, emptyUsage, type LlmUsage } from '#engines/model-runtime';
import { CONVERSATION_NODE, selectorText, type Selector } from '../../pool/selector.js';
import { Segment, segmentOf } from '../../values/segment.js';
import { NodeFailure } from '../../workflow.errors.js';
import type { ContainerContext, ContainerPlan, RoundOutcome } from '../container.js';
import { succeeded, type NodeResult } from '../node-result.js';
import type { NodeType } from '../node-type.js';
import { selectorSchema } from '../selector-schema.js';

const DEFAULT_PARALLEL = 10;
const MODES = ['terminated', 'continue-on-error', 'remove-abnormal-output'] as const;

const schema = z.object({
  iterator_selector: selectorSchema,
  output_selector: selectorSchema,
  start_node_id: z.string().nullish(),
  is_parallel: z.boolean().nullish(),
  parallel_nums: z.number().nullish(),
  error_handle_mode: z.enum(MODES).nullish(),
  flatten_output: z.boolean().nullish(),
});

interface Settings {
  input: Selector;
  output: Selector;
  /** Rounds at the same time; 1: one after the other. */
  parallel: number;
  isParallel: boolean;
  mode: (typeof MODES)[number];
  flatten: boolean;
}

/** What an iteration knows between two rounds. */
interface State {
  items: unknown[];
  results: unknown[];
  /** Rounds that failed and are left out of the result. */
  failed: number[];
  next: number;
  done: number;
  durations: Record<string, number>;
  usage: LlmUsage | null;
  tokens: number;
}

/** Runs a graph once for each item of a list (contract workflow-engine 7.19). */
export const iterationNode: NodeType = {
  type: 'iteration',
  version: '1',
  execution: 'container',
  compile: (data, context) => {
    const raw = schema.parse(data);
    const isParallel = raw.is_parallel ?? false;
    const settings: Settings = {
      input: raw.iterator_selector,
      output: raw.output_selector,
      isParallel,
      parallel: isParallel ? Math.max(1, Math.floor(raw.parallel_nums ?? DEFAULT_PARALLEL)) : 1,
      mode: raw.error_handle_mode ?? 'terminated',
      flatten: raw.flatten_output ?? true,
    };
    const container: ContainerPlan = {
      kind: 'iteration',
      startNodeId: raw.start_node_id ?? `${context.nodeId}start`,
      begin: (run) => begin(settings, run),
      roundEnded: (run, round) => roundEnded(settings, run, round),
    };
    return { reads: { iterator_selector: settings.input }, repeatable: true, container, run: () => succeeded({}) };
  },
};

function begin(settings: Settings, context: ContainerContext): NodeResult | undefined {
  const source = context.pool.get(settings.input);
  if (source === undefined)
    throw new NodeFailure(`iterator variable ${selectorText(settings.input)} not found`, { errorType: 'IteratorVariableNotFoundError' });
  if (source.type !== 'none' && !Array.isArray(source.value))
    throw new NodeFailure(`invalid iterator value: ${String(source.value)}, please provide a list.`, {
      errorType: 'InvalidIteratorValueError',
    });
  const items = (source.value ?? []) as unknown[];
  if (items.length === 0) return succeeded({ output: source.type === 'none' ? [] : source });
  const state: State = { items, results: items.map(() => null), failed: [], next: 0, done: 0, durations: {}, usage: null, tokens: 0 };
  Object.assign(context.state, state);
  context.emit({ type: 'started', inputs: { iterator_selector: items }, metadata: { iteration_length: items.length } });
  if (settings.isParallel) for (let index = 0; index < items.length; index += 1) context.emit({ type: 'next', index });
  startRounds(settings, context);
  return undefined;
}

function stateOf(context: ContainerContext): State {
  return context.state as unknown as State;
}

function startRounds(settings: Settings, context: ContainerContext): void {
  const state = stateOf(context);
  while (state.next < state.items.length && state.next - state.done < settings.parallel) {
    const index = state.next++;
    if (!settings.isParallel) context.emit({ type: 'next', index });
    const pool = context.pool.fork();
    pool.set(context.nodeId, 'index', segmentOf(index));
    pool.set(context.nodeId, 'item', segmentOf(state.items[index]));
    context.startRound(index, pool, { buffered: settings.isParallel });
  }
}

function roundEnded(settings: Settings, context: ContainerContext, round: RoundOutcome): NodeResult | undefined {
  const state = stateOf(context);
  state.done += 1;
  // A round that ends the iteration has no place in the map (traces nodes/iteration-error-terminated).
  if (round.status === 'succeeded' || settings.mode !== 'terminated') state.durations[String(round.index)] = round.elapsed;
  state.tokens += round.totalTokens;
  if (round.usage !== null) state.usage = addUsage(state.usage ?? emptyUsage(), round.usage);
  if (round.status === 'succeeded') state.results[round.index] = round.pool.get(settings.output)?.value ?? null;
  else if (settings.mode === 'terminated') return fail(settings, context, round);
  else state.failed.push(round.index);
  syncConversation(context, round);
  if (state.done === state.items.length) return succeed(settings, context);
  startRounds(settings, context);
  return undefined;
}

/** Only conversation variables outlive a round. */
function syncConversation(context: ContainerContext, round: RoundOutcome): void {
  for (const [name, segment] of round.pool.variables(CONVERSATION_NODE)) {
    if (context.pool.get([CONVERSATION_NODE, name]) !== segment) context.pool.set(CONVERSATION_NODE, name, segment);
  }
}

function fail(settings: Settings, context: ContainerContext, round: RoundOutcome): NodeResult {
  const state = stateOf(context);
  const error = round.error ?? '';
  const gathered = state.results.slice(0, settings.isParallel ? state.results.length : round.index);
  const outputs = { output: settings.flatten ? flattened(gathered) : gathered };
  finish(context, { status: 'failed', outputs, error });
  return { status: 'failed', error, errorType: round.errorType ?? '', outputs };
}

function succeed(settings: Settings, context: ContainerContext): NodeResult {
  const state = stateOf(context);
  const kept = keptResults(settings, state);
  const output = settings.flatten ? flattened(kept) : kept;
  const outputs = { output: output.length === 0 ? new Segment('array[any]', output) : segmentOf(output) };
  const metadata = finish(context, { status: 'succeeded', outputs: { output } });
  return { status: 'succeeded', outputs, metadata };
}

/** In parallel, `remove-abnormal-output` drops every null, also one that a round meant. */
function keptResults({ mode, isParallel }: Settings, { results, failed }: State): unknown[] {
  if (mode !== 'remove-abnormal-output') return results;
  return isParallel ? results.filter((result) => result !== null) : results.filter((_, index) => !failed.includes(index));
}

function finish(
  context: ContainerContext,
  end: { status: 'succeeded' | 'failed'; outputs: Record<string, unknown>; error?: string },
): Record<string, unknown> {
  const { items, tokens, usage, durations } = stateOf(context);
  const metadata = {
    total_tokens: tokens,
    total_price: usage?.total_price ?? '0',
    currency: usage?.currency ?? 'USD',
    iteration_duration_map: durations,
  };
  context.emit({ type: 'finished', ...end, inputs: { iterator_selector: items }, metadata, steps: items.length });
  return metadata;
}

/** One list out of lists; anything else as it is. */
function flattened(results: unknown[]): unknown[] {
  const lists = results.filter((result) => result !== null);
  return lists.length > 0 && lists.every(Array.isArray) ? lists.flat() : results;
}
