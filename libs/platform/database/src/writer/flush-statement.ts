import type { PreparedRow } from './prepared-row.js';
import { LEDGER } from './run-batch.js';
import type { RunGroup } from './run-group.js';
import type { RunWriterTables } from './run-writer-tables.js';

/** A statement that writes the rows of many runs. */
export interface FlushStatement {
  text: string;
  values: string[];
}

interface Part {
  table: string;
  op: PreparedRow['op'];
  signature: string;
  /** Whether these are ledger rows of the groups themselves, whose update checks the fence. */
  isFencing: boolean;
  json: string[];
  lowest: string;
  highest: string;
}

/**
 * Makes one statement of the rows of many runs: a common table expression for each table, operation and set of columns,
 * fed by one JSON array each. Groups are numbered from 1; rows of number 0 belong to runs that begin in this very statement.
 * Its one row tells in `held` the numbers of the groups whose fence holds; rows of the others are not written.
 */
export function buildFlush(groups: readonly RunGroup[], tables: RunWriterTables): FlushStatement {
  const parts = new Map<string, Part>();
  const locks: string[] = [];
  let [lowest, highest] = ['', ''];
  groups.forEach((group, index) => {
    const number = group.isStart ? 0 : index + 1;
    const ledger = group.isStart ? undefined : group.ledgerPatch;
    for (const row of group.rows.values())
      addRow(
        parts,
        row,
        row === ledger,
        `{"_g":${String(number)},${row === ledger ? `"_f":${String(group.fence)},` : ''}${row.json.slice(1)}`,
      );
    if (group.isStart || ledger) return;
    locks.push(`{"_g":${String(number)},"_f":${String(group.fence)},"id":"${group.runId}"}`);
    if (lowest === '' || group.runId < lowest) lowest = group.runId;
    if (group.runId > highest) highest = group.runId;
  });
  const values: string[] = [];
  const fences: string[] = [];
  const ctes: string[] = [];
  const bind = (...added: string[]): number => values.push(...added) - added.length + 1;
  if (locks.length > 0) {
    const n = bind(`[${locks.join(',')}]`, lowest, highest);
    ctes.push(
      `locked as (select x._g from json_to_recordset($${String(n)}::json) as x(_g int, _f int, id uuid) join ${LEDGER} t on t.id = x.id and t.fence = x._f and t.finished_at is null` +
        ` where t.id between $${String(n + 1)}::uuid and $${String(n + 2)}::uuid for no key update of t)`,
    );
    fences.push('select _g from locked');
  }
  const ordered = [...parts.values()].sort((a, b) => Number(b.isFencing) - Number(a.isFencing));
  const fencing = ordered.filter((part) => part.isFencing);
  fencing.forEach((part, index) => {
    ctes.push(`fenced${String(index)} as (${updateText(part, bind, tables)} and t.fence = x._f and t.finished_at is null returning x._g)`);
    fences.push(`select _g from fenced${String(index)}`);
  });
  ctes.push(`held as materialized (${fences.length > 0 ? fences.join(' union all ') : 'select 0 as _g where false'})`);
  const guard = fences.length > 0 ? ' and (x._g = 0 or x._g in (select _g from held))' : '';
  ordered.slice(fencing.length).forEach((part, index) => {
    ctes.push(
      `rows${String(index)} as (${part.op === 'insert' ? insertText(part, bind, tables, guard) : `${updateText(part, bind, tables)}${guard}`})`,
    );
  });
  return { text: `with ${ctes.join(',\n')}\nselect array(select _g from held) as held`, values };
}

function addRow(parts: Map<string, Part>, row: PreparedRow, isFencing: boolean, json: string): void {
  const key = `${isFencing ? '!' : ''}${row.op} ${row.table} ${row.signature}`;
  const { id } = row.row;
  const part = parts.get(key);
  if (!part) {
    parts.set(key, { table: row.table, op: row.op, signature: row.signature, isFencing, json: [json], lowest: id, highest: id });
    return;
  }
  part.json.push(json);
  if (id < part.lowest) part.lowest = id;
  if (id > part.highest) part.highest = id;
}

type Bind = (...values: string[]) => number;

function insertText(part: Part, bind: Bind, tables: RunWriterTables, guard: string): string {
  const columns = part.signature.split(',');
  const n = bind(`[${part.json.join(',')}]`);
  return (
    `insert into ${part.table} (${columns.join(', ')}) select ${columns.map((column) => `x.${column}`).join(', ')}` +
    ` from json_to_recordset($${String(n)}::json) as x(_g int, ${tables.typedColumns(part.table, part.signature)}) where true${guard} on conflict (id) do nothing`
  );
}

/** The bounds on the id let the planner skip the partitions of other months. */
function updateText(part: Part, bind: Bind, tables: RunWriterTables): string {
  const n = bind(`[${part.json.join(',')}]`, part.lowest, part.highest);
  const changed = part.signature.split(',').filter((column) => column !== 'id');
  return (
    `update ${part.table} t set ${changed.map((column) => `${column} = x.${column}`).join(', ')}` +
    ` from json_to_recordset($${String(n)}::json) as x(_g int, ${part.isFencing ? '_f int, ' : ''}${tables.typedColumns(part.table, part.signature)})` +
    ` where t.id = x.id and t.id between $${String(n + 1)}::uuid and $${String(n + 2)}::uuid`
  );
}
