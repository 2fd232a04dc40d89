import { PyFloat } from '#common';
import { fileValue } from '../../testing/memory-files.js';
import { graphOf } from '../../testing/graph.factory.js';
import { runGraph, type HarnessOptions, type Told } from '../../testing/workflow.harness.js';

function run(template: string, values: Record<string, unknown>, options: HarnessOptions & { data?: Record<string, unknown> } = {}) {
  const { data, ...rest } = options;
  const graph = graphOf(
    {
      start: { type: 'start' },
      t: {
        type: 'template-transform',
        title: 'Template t',
        template,
        variables: Object.keys(values).map((name) => ({ variable: name, value_selector: ['sys', name] })),
        ...data,
      },
      end: { type: 'end', outputs: [{ variable: 'o', value_selector: ['t', 'output'] }] },
    },
    ['start -> t -> end'],
  );
  return runGraph(graph, { run: { system: values }, ...rest });
}

const finished = (told: Told) => told.events.find((event) => event.type === 'node_finished' && event.nodeId === 't');

describe('template-transform', () => {
  it('should loop, filter and keep what is not ASCII (trace nodes/template)', async () => {
    const told = await run('{% for i in range(3) %}{{ i }}:{{ q | upper }};{% endfor %} ü', { q: 'abc' });

    expect(told.end).toMatchObject({ type: 'run_succeeded', outputs: { o: '0:ABC;1:ABC;2:ABC; ü' } });
    expect(finished(told)).toMatchObject({ inputs: { q: 'abc' }, outputs: { output: '0:ABC;1:ABC;2:ABC; ü' } });
    expect(told.lines).toContain('chunk t "0:ABC;1:ABC;2:ABC; ü"');
  });

  it('should print values as Python does', async () => {
    const values = { f: PyFloat.of(1), b: true, l: ['a', null, 2], o: { k: 'v' }, file: fileValue({ filename: 'cat.png' }) };

    const told = await run('{{ f }} {{ b }} {{ l }} {{ o }} {{ file.filename }} {{ none_there }}.', values);

    expect(told.end.outputs).toEqual({ o: "1.0 True ['a', None, 2] {'k': 'v'} cat.png ." });
  });

  it('should hand a variable that is not there in as None', async () => {
    const told = await run(
      '{{ x }}{{ gone }}',
      { x: 'x' },
      {
        data: {
          variables: [
            { variable: 'x', value_selector: ['sys', 'x'] },
            { variable: 'gone', value_selector: ['nobody', 'value'] },
          ],
        },
      },
    );

    expect(told.end.outputs).toEqual({ o: 'xNone' });
    expect(finished(told)).toMatchObject({ inputs: { x: 'x', gone: null } });
  });

  it('should read environment variables (trace nodes/environment-variables)', async () => {
    const told = await run(
      '{{ a }} {{ b }}',
      {},
      {
        data: {
          variables: [
            { variable: 'a', value_selector: ['env', 'NAME'] },
            { variable: 'b', value_selector: ['sys', 'user_id'] },
          ],
        },
        run: { system: { user_id: 'abc-123' }, environment: [{ name: 'NAME', type: 'string', value: 'envvalue' }] },
      },
    );

    expect(told.end.outputs).toEqual({ o: 'envvalue abc-123' });
  });

  it('should keep a secret a name, also in the shape a filter would give it', async () => {
    const told = await run(
      '{{ k }} {{ k | upper }} {{ k | reverse }}',
      {},
      {
        data: { variables: [{ variable: 'k', value_selector: ['env', 'KEY'] }] },
        run: { system: {}, environment: [{ name: 'KEY', type: 'secret', value: 'verysecret' }] },
      },
    );

    expect(told.end.type).toBe('run_succeeded');
    expect(told.end.outputs.o).toMatch(/^\{\{#env\.KEY#\}\} /);
    expect(JSON.stringify(told.events).toLowerCase()).not.toContain('verysecret');
    expect(JSON.stringify(told.events).toLowerCase()).not.toContain('tercesyrev');
  });

  it('should fail the node, not the graph, for a template that can not be parsed (trace nodes/template-error)', async () => {
    const told = await run('{% for %}', { q: 'abc' });

    expect(told.end).toMatchObject({
      type: 'run_failed',
      error: "TemplateSyntaxError: Expected an expression, got 'end of statement block' (template Template t, line 1)",
    });
    expect(finished(told)).toMatchObject({ status: 'failed', inputs: { q: 'abc' } });
  });

  it('should take the error strategy, with the kind of error of code', async () => {
    const told = await run(
      '{{ 1 / 0 }}',
      {},
      {
        data: { error_strategy: 'default-value', default_value: [{ key: 'output', type: 'string', value: 'dflt' }] },
      },
    );

    expect(told.end).toMatchObject({ type: 'run_partially_succeeded', outputs: { o: 'dflt' } });
    expect(finished(told)).toMatchObject({ status: 'exception', outputs: { output: 'dflt', error_type: 'CodeExecutionError' } });
  });

  it.each([
    ['{{ "🌍" * n }}', 10, 'run_succeeded'],
    ['{{ "🌍" * n }}', 11, 'run_failed'],
    ['{{ "ab" * n }}', 400, 'run_failed'],
  ])('should count characters of %s with %i', async (template, n, type) => {
    const told = await run(template, { n }, { limits: { templateMaxLength: 10 } });

    expect(told.end.type).toBe(type);
    if (type === 'run_failed') expect(told.end).toMatchObject({ error: 'Output length exceeds 10 characters' });
  });

  it.each(['{{ "x" * 1000000000 }}', '{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}'])(
    'should end a bomb: %s',
    async (template) => {
      expect((await run(template, {})).end.type).toBe('run_failed');
    },
  );
});
