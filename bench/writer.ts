import pg from 'pg';
import { NIL_UUID, uuidv7 } from '#common';
import { migrations } from '#migrations';
import { DatabaseConfig } from '#platform/config';
import { openDatabase } from '#platform/database';
import { createTestDatabase } from '../test/support/databases.js';

const callers = Number(process.argv[2] ?? 50);
const seconds = Number(process.argv[3] ?? 5);
const server = process.env.TEST_DATABASE_URL;
if (server === undefined) throw new Error('Set TEST_DATABASE_URL, e.g. from scripts/services.sh start');

const COLUMNS =
  'id tenant_id app_id workflow_id type triggered_from version inputs status outputs error elapsed_time total_tokens total_steps created_by_role created_by created_at finished_at exceptions_count'.split(
    ' ',
  );

/** The row the floor writes, with the same columns. */
function row(id: string): unknown[] {
  return [
    id,
    NIL_UUID,
    NIL_UUID,
    NIL_UUID,
    'workflow',
    'app-run',
    '2026',
    '{"query":"hello"}',
    'running',
    null,
    null,
    0,
    0,
    0,
    'end_user',
    NIL_UUID,
    new Date(),
    null,
    0,
  ];
}

/** PostgreSQL type of one of the columns. */
function typeOf(name: string): string {
  if (name.endsWith('_at')) return 'timestamptz';
  if (/(^|_)(id|by)$/.test(name)) return 'uuid';
  if (name === 'elapsed_time') return 'float8';
  return /total|count/.test(name) ? 'bigint' : 'text';
}

interface Way {
  name: string;
  run: (id: string) => Promise<void>;
  statements: () => number;
}

async function measure(way: Way): Promise<void> {
  let runs = 0;
  const caller = async (until: number): Promise<void> => {
    for (; performance.now() < until; runs += 1) await way.run(uuidv7());
  };
  const load = (ms: number) => Promise.all(Array.from({ length: callers }, () => caller(performance.now() + ms)));
  await load(1000);
  const [cpu, statements, since] = [process.cpuUsage(), way.statements(), performance.now()];
  runs = 0;
  await load(seconds * 1000);
  const used = process.cpuUsage(cpu);
  const spent = (performance.now() - since) / 1000;
  const perRun = (used.user + used.system) / 1000 / runs;
  process.stdout.write(
    `${way.name.padEnd(52)} ${perRun.toFixed(3)} ms CPU/run  ${((way.statements() - statements) / runs).toFixed(3)} statements/run  ${Math.round(runs / spent)} runs/s\n`,
  );
}

const { url, drop } = await createTestDatabase(server);
const database = await openDatabase({ config: Object.assign(new DatabaseConfig(), { url }), dataDir: '', entities: [], migrations });
const table = `id uuid primary key, tenant_id uuid not null, app_id uuid not null, workflow_id uuid not null, type varchar(20), triggered_from varchar(20), version varchar(40), inputs text,
  status varchar(20), outputs text, error text, elapsed_time float8, total_tokens bigint, total_steps int, created_by_role varchar(20), created_by uuid, created_at timestamptz, finished_at timestamptz, exceptions_count int`;
for (const name of ['floor_runs', 'writer_runs']) {
  await database.sql.run(`create table ${name} (${table})`);
  await database.sql.run(`create index on ${name} (tenant_id, app_id, triggered_from)`);
  await database.sql.run(`create index on ${name} (created_at, id)`);
}

const pool = new pg.Pool({ connectionString: url, max: 10 });
// Dropping the database in the end cuts connections that are still closing.
pool.on('error', () => undefined);
let sent = 0;
const floor: Way = {
  name: 'floor: one named insert, one named update',
  statements: () => sent,
  run: async (id) => {
    sent += 2;
    await pool.query({
      name: 'i',
      text: `insert into floor_runs(${COLUMNS.join(',')}) values(${COLUMNS.map((_, i) => `$${String(i + 1)}`).join(',')})`,
      values: row(id),
    });
    await pool.query({
      name: 'u',
      text: 'update floor_runs set status=$2, outputs=$3, elapsed_time=$4, finished_at=$5 where id=$1',
      values: [id, 'succeeded', '{"a":1}', 0.1, new Date()],
    });
  },
};

const types = Object.fromEntries(COLUMNS.map((name) => [name, typeOf(name)]));
database.writerTables.register({ table: 'writer_runs', columns: types });
database.writerTables.register({
  table: 'app_runs',
  columns: {
    tenant_id: 'uuid',
    app_id: 'uuid',
    subject_id: 'uuid',
    owner: 'uuid',
    mode: 'text',
    principal: 'text',
    state: 'text',
    outcome: 'text',
    fence: 'int',
    deadline: 'timestamptz',
    created_at: 'timestamptz',
    finished_at: 'timestamptz',
  },
});
const writer: Way = {
  name: 'writer: ledger and run row at the start and the end',
  statements: () => database.counter.statements,
  run: async (id) => {
    const now = new Date();
    const ledger = {
      id,
      tenant_id: NIL_UUID,
      app_id: NIL_UUID,
      mode: 'workflow',
      subject_id: id,
      principal: 'account:1',
      state: 'running',
      owner: NIL_UUID,
      fence: 1,
      deadline: now,
      created_at: now,
    };
    const own = { ...Object.fromEntries(row(id).map((value, i) => [COLUMNS[i] ?? '', value])), id };
    await database.writer.write({
      runId: id,
      fence: 1,
      start: true,
      rows: [
        { table: 'app_runs', op: 'insert', row: ledger },
        { table: 'writer_runs', op: 'insert', row: own },
      ],
    });
    const end = { id, status: 'succeeded', outputs: '{"a":1}', elapsed_time: 0.1, finished_at: now };
    const finish = { id, state: 'finished', outcome: 'succeeded', finished_at: now };
    await database.writer.write({
      runId: id,
      fence: 1,
      rows: [
        { table: 'writer_runs', op: 'patch', row: end },
        { table: 'app_runs', op: 'patch', row: finish },
      ],
    });
  },
};

for (const way of [floor, writer, floor, writer]) await measure(way);
await pool.end();
await database.close();
await drop();
