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
  const signature = signatureOf(table, row);
  const json = JSON.stringify(row);
  return { table, op, row, signature, json: json.includes('\\u') && SUSPICIOUS.test(json) ? JSON.stringify(storable(row)) : json };
}

/** Most signatures that are remembered of a table; a table is written in a handful of ways. */
const MAX_SHAPES = 32;

/** Signatures by table: the same text each time needs not be made, and is compared at a glance. */
const shapes = new Map<string, { columns: string[]; signature: string }[]>();

function signatureOf(table: string, row: RowOp['row']): string {
  let known = shapes.get(table);
  if (known === undefined) shapes.set(table, (known = []));
  for (const shape of known) if (hasColumns(row, shape.columns)) return shape.signature;
  const columns = Object.keys(row).filter((column) => row[column] !== undefined);
  const signature = columns.join(',');
  if (known.length < MAX_SHAPES) known.push({ columns, signature });
  return signature;
}

function hasColumns(row: RowOp['row'], columns: readonly string[]): boolean {
  let count = 0;
  for (const column in row) {
    if (row[column] === undefined) continue;
    if (columns[count] !== column) return false;
    count += 1;
  }
  return count === columns.length;
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
