import { graphOf } from '../../testing/graph.factory.js';
import { runGraph, type Told } from '../../testing/workflow.harness.js';

function run(data: Record<string, unknown>, list: unknown): Promise<Told> {
  const graph = graphOf(
    {
      start: { type: 'start' },
      op: { type: 'list-operator', variable: ['sys', 'list'], ...data },
      end: {
        type: 'end',
        outputs: ['result', 'first_record', 'last_record'].map((variable) => ({ variable, value_selector: ['op', variable] })),
      },
    },
    ['start -> op -> end'],
  );
  return runGraph(graph, { run: { system: { list, part: 'a' } } });
}

describe('list-operator', () => {
  it('should filter with a reference, sort and cut, in this order', async () => {
    const told = await run(
      {
        filter_by: { enabled: true, conditions: [{ key: '', comparison_operator: 'contains', value: '{{#sys.part#}}' }] },
        order_by: { enabled: true, key: '', value: 'desc' },
        limit: { enabled: true, size: 2 },
      },
      ['b', 'a', 'c', 'ab', 'za'],
    );
    expect(told.end.outputs).toEqual({ result: ['za', 'ab'], first_record: 'za', last_record: 'ab' });
  });

  it('should leave the last element out by default, as a Python slice does', async () => {
    expect((await run({ limit: { enabled: true } }, [1, 2, 3])).end.outputs).toMatchObject({ result: [1, 2] });
  });

  it('should pick one by its number, and fail outside', async () => {
    expect((await run({ extract_by: { enabled: true, serial: '2' } }, [1, 2, 3])).end.outputs).toMatchObject({ result: [2] });
    expect((await run({ extract_by: { enabled: true, serial: '4' } }, [1, 2, 3])).end).toMatchObject({
      type: 'run_failed',
      error: 'Invalid serial index: must be <= 3, got 4',
    });
  });

  it('should put out nothing for an empty list, and refuse what is no list', async () => {
    expect((await run({}, [])).end.outputs).toEqual({ result: [], first_record: null, last_record: null });
    expect((await run({}, 'text')).end).toMatchObject({ type: 'run_failed', error: 'Variable sys.list is not an array type' });
  });
});
