import { emptyUsage } from '#engines/model-runtime';
import type {
  ContainerFinished,
  ContainerNext,
  ContainerStarted,
  NodeFinished,
  NodeRetry,
  NodeSaid,
  NodeStarted,
  RunEnded,
  RunStarted,
  ScopeInfo,
  WorkflowEvent,
} from '../run/events.js';
import { filesOf, mergedResources } from './wire-files.js';
import { STOPPED_BY_USER, type WireFacts, type WireFrame } from './wire-frame.js';

/** Nodes whose files belong to the answer (contract workflow-engine 9.5). */
const ANSWERING = new Set(['answer', 'end', 'llm']);

/** Containers are told of by events of their own, the starts of their rounds not at all (contract workflow-engine 9.2). */
const SILENT = new Set(['iteration', 'loop', 'iteration-start', 'loop-start']);

type Data = Record<string, unknown>;

/** Tells a run's events as Dify's streams do, with every detail (contract workflow-engine 9). One for each run; keeps what the end has to sum up. */
export class WireEvents {
  private startedAt = 0;
  private readonly files: unknown[] = [];
  private readonly resources: Readonly<Record<string, unknown>>[] = [];

  constructor(private readonly facts: WireFacts) {}

  /** The frames of an event, in order: none for what readers do not see, several at the end of a chatflow. */
  of(event: WorkflowEvent): WireFrame[] {
    switch (event.type) {
      case 'run_started':
        return [this.started(event)];
      case 'node_started':
        return SILENT.has(event.nodeType) ? [] : [this.frame('node_started', nodeStarted(event))];
      case 'node_finished':
        if (SILENT.has(event.nodeType)) return [];
        if (ANSWERING.has(event.nodeType)) this.files.push(...filesOf(event.outputs));
        return [this.frame('node_finished', nodeFinished(event))];
      case 'node_retry':
        return [this.frame('node_retry', { ...nodeEnd(event, 'retry'), retry_index: event.retryIndex })];
      case 'node_said':
        return this.said(event);
      case 'chunk':
        return [this.chunk(event.text, event.selector)];
      case 'text_replaced':
        return [this.replaced(event.text)];
      case 'container_started':
        return [this.frame(`${event.kind}_started`, containerStarted(event))];
      case 'container_next':
        return [this.frame(`${event.kind}_next`, containerNext(event))];
      case 'container_finished':
        return [this.frame(`${event.kind}_completed`, containerFinished(event))];
      default:
        return this.ended(event);
    }
  }

  private frame(event: string, data: Data): WireFrame {
    return { event, ...this.head(), workflow_run_id: this.facts.runId, data };
  }

  /** What stands at the top of each frame. */
  private head(): Data {
    const { taskId, mode, conversationId, messageId } = this.facts;
    const chat =
      mode === 'advanced-chat' ? { conversation_id: conversationId, message_id: messageId, created_at: seconds(this.startedAt) } : {};
    return { ...chat, task_id: taskId };
  }

  private started({ at, reason }: RunStarted): WireFrame {
    this.startedAt = at;
    const { runId, workflowId, inputs } = this.facts;
    return this.frame('workflow_started', { id: runId, workflow_id: workflowId, inputs, created_at: seconds(at), reason });
  }

  private chunk(text: string, selector: readonly string[]): WireFrame {
    if (this.facts.mode === 'workflow') return this.frame('text_chunk', { text, from_variable_selector: selector });
    return { event: 'message', ...this.head(), id: this.facts.messageId, answer: text, from_variable_selector: selector };
  }

  private replaced(text: string): WireFrame {
    if (this.facts.mode === 'workflow') return this.frame('text_replace', { text });
    return { event: 'message_replace', ...this.head(), answer: text, reason: 'resumed' };
  }

  private said({ emission, nodeId }: NodeSaid): WireFrame[] {
    switch (emission.type) {
      case 'retriever_resources':
        this.resources.push(...emission.resources);
        return [];
      case 'agent_log':
        // Both ids are the node's, not the execution's (traces agents/*).
        return [{ event: 'agent_log', ...this.head(), data: { node_execution_id: nodeId, ...emission.log, node_id: nodeId } }];
      case 'form_required':
        return [this.frame('human_input_required', { ...emission.form })];
      case 'form_filled':
        return [this.frame('human_input_form_filled', { ...emission.form })];
      case 'form_timeout':
        return [this.frame('human_input_form_timeout', { ...emission.form })];
    }
  }

  private ended(event: RunEnded): WireFrame[] {
    if (event.type === 'run_paused') return [this.paused(event)];
    const { status, error } = outcomeOf(event);
    const finished = this.finished(event, status, error);
    if (this.facts.mode === 'workflow') return [finished];
    if (status === 'succeeded' || status === 'partial-succeeded') return [this.messageEnd(event), finished];
    return [finished, status === 'stopped' ? this.messageEnd(event) : this.failure(error ?? '')];
  }

  private finished(event: RunEnded, status: string, error: string | null): WireFrame {
    const { runId, workflowId, createdBy } = this.facts;
    return this.frame('workflow_finished', {
      id: runId,
      workflow_id: workflowId,
      status,
      outputs: event.outputs,
      error,
      ...totals(event, this.startedAt),
      created_by: createdBy,
      created_at: seconds(this.startedAt),
      finished_at: seconds(event.at),
      exceptions_count: event.exceptionsCount,
      files: this.files,
    });
  }

  private messageEnd(event: RunEnded): WireFrame {
    const metadata = { annotation_reply: null, retriever_resources: mergedResources(this.resources), usage: event.usage ?? emptyUsage() };
    return { event: 'message_end', ...this.head(), id: this.facts.messageId, metadata, files: this.files };
  }

  private failure(message: string): WireFrame {
    const { conversation_id, message_id, created_at } = this.head();
    return { event: 'error', conversation_id, message_id, created_at, code: 'invalid_param', status: 400, message };
  }

  private paused(event: RunEnded & { type: 'run_paused' }): WireFrame {
    return this.frame('workflow_paused', {
      workflow_run_id: this.facts.runId,
      paused_nodes: event.pausedNodes,
      outputs: event.outputs,
      reasons: event.reasons.map(({ type, nodeId, nodeTitle, formId, ...reason }: Data) => ({
        TYPE: type,
        ...(formId === undefined ? {} : { form_id: formId, node_id: nodeId, node_title: nodeTitle }),
        ...reason,
      })),
      status: 'paused',
      created_at: seconds(this.startedAt),
      ...totals(event, this.startedAt),
    });
  }
}

function outcomeOf(event: Exclude<RunEnded, { type: 'run_paused' }>): { status: string; error: string | null } {
  switch (event.type) {
    case 'run_succeeded':
      return { status: 'succeeded', error: null };
    case 'run_partially_succeeded':
      return { status: 'partial-succeeded', error: null };
    case 'run_failed':
      return { status: 'failed', error: event.error };
    case 'run_aborted':
      // What a limit ended has failed; what a person ended has stopped.
      return event.reason === `Aborted: ${STOPPED_BY_USER}`
        ? { status: 'stopped', error: 'Stopped by user.' }
        : { status: 'failed', error: event.reason };
  }
}

function totals({ totalTokens, steps, at }: RunEnded, startedAt: number): Data {
  return { elapsed_time: elapsed(startedAt, at), total_tokens: totalTokens, total_steps: steps };
}

function nodeStarted(event: NodeStarted): Data {
  const { agent_strategy, ...extras } = event.extras;
  return {
    ...nodeHead(event),
    inputs: null,
    inputs_truncated: false,
    created_at: seconds(event.at),
    extras,
    ...scopeOf(event.scope),
    agent_strategy: agent_strategy ?? null,
  };
}

function nodeFinished(event: NodeFinished): Data {
  return nodeEnd(event, event.status);
}

function nodeEnd(event: NodeFinished | NodeRetry, status: string): Data {
  return {
    ...nodeHead(event),
    inputs: event.inputs ?? {},
    inputs_truncated: false,
    process_data: event.processData ?? {},
    process_data_truncated: false,
    outputs: event.outputs,
    outputs_truncated: false,
    status,
    error: event.error,
    elapsed_time: elapsed(event.startedAt, event.at),
    execution_metadata: metadataOf(event),
    created_at: seconds(event.startedAt),
    finished_at: seconds(event.at),
    files: filesOf(event.outputs),
    ...scopeOf(event.scope),
  };
}

function nodeHead({ executionId, nodeId, nodeType, title }: NodeStarted | NodeFinished | NodeRetry): Data {
  return { id: executionId, node_id: nodeId, node_type: nodeType, title, index: 1, predecessor_node_id: null };
}

function metadataOf({ metadata, scope }: NodeFinished | NodeRetry): Data | null {
  const place: Data = {
    ...(scope.iterationId !== undefined && { iteration_id: scope.iterationId, iteration_index: scope.iterationIndex }),
    ...(scope.loopId !== undefined && { loop_id: scope.loopId, loop_index: scope.loopIndex }),
  };
  return metadata === null && Object.keys(place).length === 0 ? null : { ...metadata, ...place };
}

function scopeOf({ iterationId, loopId }: ScopeInfo): Data {
  return { iteration_id: iterationId ?? null, loop_id: loopId ?? null };
}

function containerHead({ nodeId, nodeType, title }: ContainerStarted | ContainerNext | ContainerFinished): Data {
  return { id: nodeId, node_id: nodeId, node_type: nodeType, title };
}

function containerStarted(event: ContainerStarted): Data {
  const { metadata, inputs, at } = event;
  return { ...containerHead(event), created_at: seconds(at), extras: {}, metadata, inputs, inputs_truncated: false };
}

function containerNext(event: ContainerNext): Data {
  const { kind, index, at } = event;
  return { ...containerHead(event), index, created_at: seconds(at), ...(kind === 'loop' && { pre_loop_output: {} }), extras: {} };
}

function containerFinished(event: ContainerFinished): Data {
  return {
    ...containerHead(event),
    outputs: event.outputs,
    outputs_truncated: false,
    created_at: seconds(event.startedAt),
    extras: {},
    inputs: event.inputs,
    inputs_truncated: false,
    status: event.status,
    // The error stands with the node inside that failed, and with the run.
    error: null,
    elapsed_time: elapsed(event.startedAt, event.at),
    total_tokens: event.totalTokens,
    execution_metadata: event.metadata,
    finished_at: seconds(event.at),
    steps: event.steps,
  };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

function elapsed(from: number, to: number): number {
  return Math.max(0, to - from) / 1000;
}
