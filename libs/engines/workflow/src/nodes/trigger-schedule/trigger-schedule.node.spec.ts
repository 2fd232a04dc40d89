import type { NodeFinished } from '../../run/events.js';
import { graphOf } from '../../testing/graph.factory.js';
import { runGraph, testEngine } from '../../testing/workflow.harness.js';
import { scheduleCron } from './schedule-cron.js';

const visual = { on_minute: 15, time: '8:30 PM', weekdays: ['fri', 'mon', 'sun'], monthly_days: [15, 'last', 1] };

describe('scheduleCron', () => {
  it.each([
    ['hourly', {}, '15 * * * *'],
    ['hourly', { on_minute: null }, '0 * * * *'],
    ['daily', {}, '30 20 * * *'],
    ['daily', { time: '12:00 AM' }, '0 0 * * *'],
    ['daily', { time: '12:05 PM' }, '5 12 * * *'],
    ['weekly', {}, '30 20 * * 0,1,5'],
    ['monthly', {}, '30 20 1,15,L * *'],
    ['monthly', { monthly_days: ['last'] }, '30 20 L * *'],
  ])('should make %s %j an expression', (frequency, config, expression) => {
    expect(scheduleCron({ mode: 'visual', frequency, visual_config: { ...visual, ...config } })).toEqual({ expression, timezone: 'UTC' });
  });

  it('should take an expression as it is written', () => {
    expect(scheduleCron({ mode: 'cron', cron_expression: ' 0 9 * * 1-5 ', timezone: 'Asia/Tokyo' })).toEqual({
      expression: '0 9 * * 1-5',
      timezone: 'Asia/Tokyo',
    });
    expect(scheduleCron({ mode: 'cron', cron_expression: '@daily' }).expression).toBe('@daily');
  });

  it.each([
    [{ mode: 'cron', cron_expression: '* * * *' }, 'five fields'],
    [{ mode: 'cron', cron_expression: '* * * * * *' }, 'five fields'],
    [{ mode: 'cron', cron_expression: '@reboot' }, 'five fields'],
    [{ mode: 'cron' }, 'five fields'],
    [{ visual_config: visual }, 'needs a frequency'],
    [{ frequency: 'daily' }, 'needs to know when'],
    [{ frequency: 'daily', visual_config: { time: '20:30' } }, 'A time looks like'],
    [{ frequency: 'daily', visual_config: { time: '0:30 AM' } }, 'A time looks like'],
    [{ frequency: 'weekly', visual_config: { time: '8:30 AM', weekdays: [] } }, 'at least one day'],
    [{ frequency: 'monthly', visual_config: { time: '8:30 AM', monthly_days: [32] } }, 'monthly_days'],
    [{ frequency: 'hourly', visual_config: { on_minute: 60 } }, 'on_minute'],
  ])('should refuse %j', (data, message) => {
    expect(() => scheduleCron(data)).toThrow(message);
  });
});

describe('trigger-schedule', () => {
  const graph = (data: Record<string, unknown>): Parameters<typeof runGraph>[0] =>
    graphOf(
      {
        when: { type: 'trigger-schedule', ...data },
        end: { type: 'end', outputs: [{ variable: 'u', value_selector: ['sys', 'user_id'] }] },
      },
      ['when -> end'],
    );

  it('should put out the inputs and the system variables', async () => {
    const told = await runGraph(graph({ mode: 'cron', cron_expression: '@daily' }), {
      inputs: { a: 1 },
      run: { system: { user_id: 'owner' } },
    });
    const finished = told.events.find((event): event is NodeFinished => event.type === 'node_finished' && event.nodeId === 'when');
    expect(finished).toMatchObject({ inputs: { a: 1, 'sys.user_id': 'owner' }, outputs: { a: 1, 'sys.user_id': 'owner' } });
    expect(told.end).toMatchObject({ type: 'run_succeeded', outputs: { u: 'owner' } });
  });

  it('should warn of times that are none, and run all the same', async () => {
    const data = { mode: 'cron', cron_expression: 'now' };
    const { problems } = testEngine().compile(graph(data) as ReturnType<typeof graphOf>);
    expect(problems).toMatchObject([{ level: 'warning', nodeId: 'when', field: 'cron_expression' }]);
    expect((await runGraph(graph(data))).end.type).toBe('run_succeeded');
  });
});
