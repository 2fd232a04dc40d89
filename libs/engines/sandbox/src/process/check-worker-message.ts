import { isJsonObject } from '#common';
import { LIMIT_SETTINGS } from '../sandbox-limits.js';
import type { WorkerMessage } from '../worker/worker-messages.js';

const REASONS = new Set<unknown>(['exception', 'syntax', 'result', 'limit']);

/** Whether a value that a worker sent has the shape of a message. */
export function isWorkerMessage(value: unknown): value is WorkerMessage {
  if (!isJsonObject(value)) return false;
  return value.type === 'ready' || (value.type === 'answer' && isAnswer(value.answer));
}

function isAnswer(value: unknown): boolean {
  if (!isJsonObject(value) || typeof value.id !== 'number' || typeof value.stdout !== 'string' || typeof value.isSpent !== 'boolean')
    return false;
  const { outcome } = value;
  return isJsonObject(outcome) && (typeof outcome.json === 'string' || isFailure(outcome.failure));
}

function isFailure(value: unknown): boolean {
  if (!isJsonObject(value) || !REASONS.has(value.reason) || typeof value.message !== 'string') return false;
  const isLimitKnown = typeof value.limit === 'string' && Object.hasOwn(LIMIT_SETTINGS, value.limit);
  if (value.reason === 'limit' ? !isLimitKnown : value.limit !== undefined) return false;
  return (
    ['exceptionType', 'exceptionMessage'].every((key) => value[key] === undefined || typeof value[key] === 'string') &&
    (value.line === undefined || typeof value.line === 'number')
  );
}
