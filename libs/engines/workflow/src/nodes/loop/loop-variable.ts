import { z } from 'zod';
import type { PoolReader } from '../../pool/variable-pool.js';
import { parseSegmentType, type SegmentType } from '../../values/segment-type.js';
import { segmentAs, segmentOf, type Segment } from '../../values/segment.js';
import { NodeFailure } from '../../workflow.errors.js';

/** A variable of a loop: a constant, or what a selector finds when the loop begins. */
export const loopVariableSchema = z
  .object({ label: z.string(), var_type: z.string(), value_type: z.enum(['constant', 'variable']), value: z.unknown().optional() })
  .transform(({ label, var_type: type, value_type: kind, value }) => ({
    label,
    type: parseSegmentType(type) ?? 'string',
    selector: kind === 'variable' ? (Array.isArray(value) ? (value as string[]) : []) : null,
    value,
  }));
export type LoopVariable = z.infer<typeof loopVariableSchema>;

/** The value at the begin of the loop. Throws `NodeFailure` when there is none, or one of another type. */
export function loopVariableValue(variable: LoopVariable, pool: PoolReader): Segment {
  const { label, type, selector, value } = variable;
  const found = selector === null ? constant(type, value) : pool.get(selector);
  if (found === undefined || found.type === 'none')
    throw new NodeFailure(`Invalid value for loop variable ${label}`, { errorType: 'ValueError' });
  try {
    return segmentAs(type, found.value);
  } catch (error) {
    throw new NodeFailure(`Invalid value for loop variable ${label}`, { errorType: 'ValueError', cause: error });
  }
}

/** Lists stand as JSON text in the file; a scalar of another type is read as JSON too. */
function constant(type: SegmentType, value: unknown): Segment | undefined {
  if (type === 'array[string]' || type === 'array[number]' || type === 'array[object]') {
    const list = typeof value === 'string' ? parsed(value) : undefined;
    return segmentAs(type, Array.isArray(list) ? list : []);
  }
  const segment = segmentOf(value);
  if (fits(type, segment)) return segment;
  const read = typeof value === 'string' ? parsed(value) : undefined;
  return read === undefined ? segment : segmentOf(read);
}

function fits(type: SegmentType, segment: Segment): boolean {
  try {
    segmentAs(type, segment.value);
    return true;
  } catch {
    return false;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
