import { isDeeperThan } from '#common';
import { Segment } from './segment.js';

/** Lists and objects inside each other in a value of a run. Python's JSON, which Dify renders them with, ends at about 1,000. */
export const MAX_VALUE_DEPTH = 500;

/** Whether a value, or that of a segment, is nested deeper than a run can render it. */
export function isTooDeep(value: unknown): boolean {
  return isDeeperThan(value instanceof Segment ? value.value : value, MAX_VALUE_DEPTH);
}
