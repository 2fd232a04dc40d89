import { DEFAULT_HANDLE, FAIL_HANDLE } from '../graph/compiled-graph.js';
import type { ErrorPolicy } from '../graph/error-policy.js';
import type { NodeSettlement } from '../journal/journal.js';
import type { NodeFailed, NodeSuccess } from '../nodes/node-result.js';
import type { SecretVault } from '../pool/secret-vault.js';
import { Segment } from '../values/segment.js';
import { WorkflowError } from '../workflow.errors.js';
import { settledOutputs } from './outputs.js';

/** A node's end, with what it told about it. */
export interface NodeEnd {
  settlement: NodeSettlement;
  /** Null while a journal is folded. */
  result: NodeSuccess | NodeFailed | null;
  /** Milliseconds since the epoch. */
  startedAt: number;
}

const NO_UPDATES: NodeSettlement['updates'] = [];

/** How a node that succeeded has ended. */
export function settledSuccess(result: NodeSuccess, secrets: SecretVault): NodeSettlement {
  return {
    status: 'succeeded',
    outputs: settledOutputs(result.outputs, secrets),
    handle: result.handle ?? DEFAULT_HANDLE,
    updates: sealedUpdates(result.updates, secrets),
    usage: result.usage ?? null,
    totalTokens: result.usage?.total_tokens ?? 0,
    endsLoop: result.endsLoop ?? false,
    error: null,
    errorType: null,
  };
}

/** How a node that failed for good has ended, by its error strategy (contract workflow-engine 4.5). `error` holds no secret. */
export function settledFailure(result: NodeFailed, error: string, policy: ErrorPolicy, secrets: SecretVault): NodeSettlement {
  const { strategy, defaults } = policy;
  const outputs = strategy === 'default-value' ? defaults : strategy === null ? result.outputs : {};
  const told = strategy === null ? {} : { error_message: error, error_type: result.errorType };
  return {
    status: strategy === null ? 'failed' : 'exception',
    outputs: settledOutputs({ ...outputs, ...told }, secrets),
    handle: strategy === 'fail-branch' ? FAIL_HANDLE : DEFAULT_HANDLE,
    updates: sealedUpdates(result.updates, secrets),
    usage: result.usage ?? null,
    totalTokens: result.usage?.total_tokens ?? 0,
    endsLoop: false,
    error,
    errorType: result.errorType,
  };
}

/** The same end, as one that failed with an error of the engine's. */
export function withError(end: NodeEnd, error: string): NodeEnd {
  return { ...end, settlement: { ...end.settlement, status: 'failed', error, errorType: 'WorkflowNodeError' } };
}

/** What a node threw, as its result. */
export function failureOf(error: unknown): NodeFailed {
  if (error instanceof WorkflowError) return { status: 'failed', error: error.message, errorType: error.errorType };
  return { status: 'failed', error: error instanceof Error ? error.message : String(error), errorType: 'WorkflowNodeError' };
}

function sealedUpdates(updates: NodeSuccess['updates'], secrets: SecretVault): NodeSettlement['updates'] {
  if (updates === undefined) return NO_UPDATES;
  if (!secrets.seals) return updates;
  return updates.map(({ selector, segment }) => ({ selector, segment: new Segment(segment.type, secrets.seal(segment.value)) }));
}
