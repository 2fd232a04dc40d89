import { setImmediate as turn } from 'node:timers/promises';
import type { Pool } from 'pg';
import { uuidv7 } from '#common';
import type { RunBatch } from './run-batch.js';
import { RunWriter } from './run-writer.js';
import { RunWriterTables } from './run-writer-tables.js';

const GATHER_MS = 20;

describe('RunWriter with starts apart from the rest', () => {
  let sent: { text: string; answer: () => void }[];
  let writer: RunWriter;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    sent = [];
    const query = ({ text }: { text: string }) =>
      new Promise((resolve) =>
        sent.push({ text, answer: () => resolve({ rows: [{ held: Array.from({ length: 50 }, (_, i) => i + 1) }] }) }),
      );
    const tables = new RunWriterTables();
    tables.register({ table: 'app_runs', columns: { state: 'varchar' } });
    writer = new RunWriter({ query } as unknown as Pool, tables, {
      startsApart: true,
      gatherMs: GATHER_MS,
      maxQueuedRows: 1000,
      flushTimeoutMs: 1000,
      startPatienceMs: 1000,
      patienceMs: 1000,
    });
  });
  afterEach(() => vi.useRealTimers());

  const start = (): RunBatch => {
    const id = uuidv7();
    return { runId: id, fence: 1, start: true, rows: [{ table: 'app_runs', op: 'insert', row: { id, state: 'running' } }] };
  };
  const end = (): RunBatch => {
    const id = uuidv7();
    return { runId: id, fence: 1, rows: [{ table: 'app_runs', op: 'patch', row: { id, state: 'finished' } }] };
  };
  const writeAll = (batches: RunBatch[]) => Promise.all(batches.map((batch) => writer.write(batch)));
  const kindOf = (index: number) => (sent[index]?.text.includes('insert into') === true ? 'starts' : 'rest');

  /** Lets a flush of the rest with so many runs commit; the end of one more run waits after it. */
  const flushRest = async (runs: number): Promise<void> => {
    const all = writeAll(Array.from({ length: runs }, end));
    await turn();
    sent[0]?.answer();
    await all;
    void writer.write(end());
    await turn();
  };

  it('should let what ends under load gather for a while before the next flush, and send it then', async () => {
    await flushRest(4);

    await vi.advanceTimersByTimeAsync(GATHER_MS - 1);
    await turn();
    expect(sent).toHaveLength(1);

    await vi.advanceTimersByTimeAsync(1);
    await turn();
    expect(sent.map((_, index) => kindOf(index))).toEqual(['rest', 'rest']);
  });

  it('should send a start at once while the rest gathers', async () => {
    await flushRest(4);

    void writer.write(start());
    await turn();

    expect(sent.map((_, index) => kindOf(index))).toEqual(['rest', 'starts']);
  });

  it('should send what ends at once where few runs write', async () => {
    await flushRest(3);

    expect(sent.map((_, index) => kindOf(index))).toEqual(['rest', 'rest']);
  });
});
