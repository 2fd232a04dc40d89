import { storableText } from '#common';
import type { RowOp } from './run-batch.js';

/** A row on its way: the object for merging, its JSON for sending. */
export interface PreparedRow {
  readonly table: string;
  readonly op: RowOp['op'];
  readonly row: RowOp['row'];
  /** Columns that carry a value, `id` among them, joined by commas: rows of equal signature go into one statement part. */
  readonly signature: string;
  /** The row as JSON without what PostgreSQL can't store. */
  readonly json: string;
}

/** What JSON.stringify makes of NUL and of lone surrogates; text that merely looks like it is only checked in vain. */
const SUSPICIOUS = /\\u0000|\\ud[89a-f]/;

/** Serialises a row once. Throws TypeError for values that JSON does not know. */
export function prepareRow({ table, op, row }: RowOp): PreparedRow {
  let signature = '';
  for (const column in row) if (row[column] !== undefined) signature += signature === '' ? column : `,${column}`;
  const json = JSON.stringify(row);
  return { table, op, row, signature, json: SUSPICIOUS.test(json) ? JSON.stringify(storable(row)) : json };
}

/** Puts a later patch of the same row on top of what is still to be sent. */
export function mergeRows(earlier: PreparedRow, later: PreparedRow): PreparedRow {
  if (later.op === 'insert') return earlier.op === 'insert' ? earlier : prepareRow({ ...later, row: { ...later.row, ...earlier.row } });
  return prepareRow({ table: earlier.table, op: earlier.op, row: { ...earlier.row, ...later.row } });
}

function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(storable);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [storableText(key), storable(child)]));
}
