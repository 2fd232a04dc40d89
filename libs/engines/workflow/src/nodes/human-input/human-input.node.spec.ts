import type { GraphDocument } from '../../graph/graph-document.js';
import { decodeEntry, encodeEntry, MemoryJournal } from '../../journal/journal.js';
import type { WorkflowPorts } from '../../ports/workflow-ports.js';
import { CommandChannel } from '../../run/commands.js';
import type { NodeSaid, WorkflowEvent } from '../../run/events.js';
import { graphOf } from '../../testing/graph.factory.js';
import { MemoryForms } from '../../testing/memory-forms.js';
import {
  scriptedNode,
  tell,
  testEngine,
  testFacts,
  testInputs,
  testPorts,
  type HarnessOptions,
  type Told,
} from '../../testing/workflow.harness.js';
import { succeeded } from '../node-result.js';
import { WireEvents } from '../../wire/wire-events.js';

/** The node of trace nodes/human-input. */
const ask = {
  type: 'human-input',
  title: 'Human',
  delivery_methods: [{ id: 'd1', type: 'webapp', enabled: true, config: {} }],
  form_content: 'Please check {{#start.q#}}\n\n{{#$output.note#}}',
  inputs: [{ type: 'paragraph', output_variable_name: 'note', default: { type: 'constant', value: 'dflt', selector: [] } }],
  user_actions: [
    { id: 'ok', title: 'OK', button_style: 'primary' },
    { id: 'no', title: 'No', button_style: 'default' },
  ],
  timeout: 1,
  timeout_unit: 'hour',
};
const mail = {
  id: 'd2',
  type: 'email',
  enabled: true,
  config: {
    recipients: {
      whole_workspace: false,
      items: [{ type: 'member', user_id: 'ada' }, { type: 'external', email: 'bob@x.test' }, { type: 'external' }],
    },
    subject: 'About {{#start.q#}}',
    body: 'Look at {{#start.q#}}: {{#url#}}',
    debug_mode: false,
  },
};
const start = { type: 'start', variables: [{ variable: 'q', type: 'text-input' }] };
const end = (...names: string[]): Record<string, unknown> & { type: string } => ({
  type: 'end',
  outputs: names.map((name) => ({ variable: name, value_selector: ['hi', name] })),
});

function graph(data: Record<string, unknown> = {}): GraphDocument {
  return graphOf({ start, hi: { ...ask, ...data }, end: end('note', '__action_id'), no: end('note'), late: end('__action_id') }, [
    'start -> hi',
    'hi:ok -> end',
    'hi:no -> no',
    'hi:__timeout -> late',
  ]);
}

/** A run that can be gone on with from its snapshot, as another process would. */
class Runs {
  private readonly engine = testEngine([
    scriptedNode('slow', async () => {
      await this.gate;
      return succeeded({ text: 'slow' });
    }),
  ]);
  private readonly compiled;
  private readonly ports: WorkflowPorts;
  readonly journal = new MemoryJournal();
  gate: Promise<void> = Promise.resolve();
  private snapshot: unknown;

  constructor(
    document: GraphDocument,
    private readonly options: HarnessOptions & { ports: Partial<WorkflowPorts> },
  ) {
    this.compiled = this.engine.compile(document);
    this.ports = testPorts(options.ports);
  }

  get problems(): string[] {
    return this.compiled.problems.filter(({ level }) => level === 'error').map(({ message }) => message);
  }

  private get inputs(): ReturnType<typeof testInputs> {
    return testInputs({ inputs: { q: 'this' }, ...this.options });
  }

  async run(): Promise<Told> {
    const running = this.engine.run(this.compiled, this.inputs, this.ports, { facts: testFacts, journal: this.journal, ...this.options });
    const told = await tell(running);
    this.snapshot = JSON.parse(JSON.stringify(running.snapshot()));
    return told;
  }

  async goOn(): Promise<Told> {
    const running = this.engine.resumeFrom(this.compiled, this.inputs, this.snapshot, this.ports, {
      facts: testFacts,
      journal: this.journal,
    });
    const told = await tell(running);
    this.snapshot = JSON.parse(JSON.stringify(running.snapshot()));
    return told;
  }

  /** From the journal, as after a crash. */
  recover(): Promise<Told> {
    const entries = this.journal.entries.map((entry) =>
      decodeEntry(JSON.parse(JSON.stringify(encodeEntry(entry))) as Record<string, unknown>),
    );
    return tell(this.engine.resume(this.compiled, this.inputs, entries, this.ports, { facts: testFacts }));
  }
}

function said(told: Told): NodeSaid['emission'][] {
  return told.events.filter((event: WorkflowEvent): event is NodeSaid => event.type === 'node_said').map(({ emission }) => emission);
}

describe('human-input', () => {
  it('should show its form and pause, then go on by the button (trace nodes/human-input)', async () => {
    const forms = new MemoryForms();
    const runs = new Runs(graph(), { ports: { forms } });
    const first = await runs.run();
    expect(first.lines).toEqual([
      'run_started',
      'node_started start',
      'node_finished start',
      'node_started hi',
      'node_said hi',
      'run_paused',
    ]);
    const form = {
      form_content: 'Please check this\n\n{{#$output.note#}}',
      inputs: ask.inputs,
      actions: ask.user_actions,
      display_in_ui: true,
      form_token: 'token-hi',
      resolved_default_values: {},
    };
    const [required] = said(first);
    expect(required).toMatchObject({ type: 'form_required', form: { form_id: 'form-1', node_id: 'hi', node_title: 'Human', ...form } });
    const {
      form_id: _id,
      node_id: _node,
      node_title: _title,
      expiration_time: expiration,
      ...shown
    } = (required as { form: Record<string, unknown> }).form;
    expect(first.end).toMatchObject({
      type: 'run_paused',
      pausedNodes: ['hi'],
      reasons: [{ type: 'human_input_required', nodeId: 'hi', nodeTitle: 'Human', formId: 'form-1', ...shown }],
    });
    expect(forms.sent[0]?.expiresAt).toBeGreaterThan(1_700_003_600_000);
    expect(expiration).toBe(Math.floor((forms.sent[0]?.expiresAt ?? 0) / 1000));

    forms.submit('form-1', 'ok', { note: 'fine by me' });
    const second = await runs.goOn();
    expect(second.lines.filter((line) => !line.startsWith('chunk'))).toEqual([
      'run_started',
      'node_started hi',
      'node_said hi',
      'node_finished hi',
      'node_started end',
      'node_finished end',
      'run_succeeded',
    ]);
    expect(said(second)).toEqual([
      {
        type: 'form_filled',
        form: {
          node_id: 'hi',
          node_title: 'Human',
          rendered_content: 'Please check this\n\nfine by me',
          action_id: 'ok',
          action_text: 'OK',
        },
      },
    ]);
    const executions = [first, second].map(({ events }) => events.find((event) => event.type === 'node_started' && event.nodeId === 'hi'));
    expect(executions[1]).toMatchObject({ executionId: (executions[0] as { executionId: string }).executionId });
    expect(second.end.outputs).toEqual({ note: 'fine by me', __action_id: 'ok' });
    expect(second.events.find((event) => event.type === 'node_finished' && event.nodeId === 'hi')).toMatchObject({
      outputs: { note: 'fine by me', __action_id: 'ok', __rendered_content: 'Please check this\n\nfine by me' },
      handle: 'ok',
    });
    expect(forms.sent).toHaveLength(1);
  });

  it('should look to readers as it was recorded', async () => {
    const forms = new MemoryForms();
    const { events } = await new Runs(graph(), { ports: { forms } }).run();
    const facts = {
      taskId: 't',
      runId: 'r',
      workflowId: 'w',
      conversationId: null,
      messageId: null,
      createdBy: { id: 'u', user: 'abc-123' },
      inputs: {},
    };
    const wire = new WireEvents({ mode: 'workflow', ...facts });
    const frames = events
      .flatMap((event) => wire.of(event))
      .map((frame) => JSON.parse(JSON.stringify(frame)) as { event: string; data: Record<string, unknown> });
    expect(frames.map(({ event }) => event)).toEqual([
      'workflow_started',
      'node_started',
      'node_finished',
      'node_started',
      'human_input_required',
      'workflow_paused',
    ]);
    const form = {
      form_id: 'form-1',
      node_id: 'hi',
      node_title: 'Human',
      form_content: 'Please check this\n\n{{#$output.note#}}',
      inputs: ask.inputs,
      actions: ask.user_actions,
      display_in_ui: true,
      form_token: 'token-hi',
      resolved_default_values: {},
    };
    expect(frames.at(-2)?.data).toEqual({ ...form, expiration_time: expect.any(Number) });
    expect(frames.at(-1)?.data).toMatchObject({ paused_nodes: ['hi'], outputs: {}, status: 'paused', total_tokens: 0, total_steps: 2 });
    expect(frames.at(-1)?.data.reasons).toEqual([{ TYPE: 'human_input_required', ...form }]);
  });

  it.each([
    ['no', { note: 'bad' }, { note: 'bad' }],
    ['ok', {}, { note: null, __action_id: 'ok' }],
  ])('should take the branch of the button %s', async (action, data, outputs) => {
    const forms = new MemoryForms();
    const runs = new Runs(graph(), { ports: { forms } });
    await runs.run();
    forms.submit('form-1', action, data);
    expect((await runs.goOn()).end).toMatchObject({ type: 'run_succeeded', outputs });
  });

  it('should go on when nobody came in time, and fail when the time of all was over', async () => {
    const forms = new MemoryForms();
    const runs = new Runs(graph(), { ports: { forms } });
    await runs.run();
    forms.settle('form-1', { status: 'timeout' });
    const late = await runs.goOn();
    expect(said(late)[0]).toMatchObject({
      type: 'form_timeout',
      form: { node_id: 'hi', node_title: 'Human', expiration_time: expect.any(Number) },
    });
    expect(late.end).toMatchObject({ type: 'run_succeeded', outputs: { __action_id: '' } });

    const expired = new MemoryForms();
    const others = new Runs(graph(), { ports: { forms: expired } });
    await others.run();
    expired.settle('form-1', { status: 'expired' });
    expect((await others.goOn()).end).toMatchObject({ type: 'run_failed', error: 'Human input global timeout at node hi' });
  });

  it('should fail for a button that it does not have', async () => {
    const forms = new MemoryForms();
    const runs = new Runs(graph(), { ports: { forms } });
    await runs.run();
    forms.submit('form-1', 'maybe');
    expect((await runs.goOn()).end).toMatchObject({ type: 'run_failed', error: expect.stringContaining('maybe') });
  });

  it('should pause again while a form is not filled in, with the same form', async () => {
    const forms = new MemoryForms();
    const both = graphOf(
      {
        start,
        one: { ...ask, title: 'One' },
        two: { ...ask, title: 'Two' },
        end: { type: 'end', outputs: ['one', 'two'].map((id) => ({ variable: id, value_selector: [id, 'note'] })) },
      },
      ['start -> one', 'start -> two', 'one:ok -> end', 'two:ok -> end'],
    );
    const runs = new Runs(both, { ports: { forms } });
    expect((await runs.run()).end).toMatchObject({
      type: 'run_paused',
      pausedNodes: ['one', 'two'],
      reasons: [{ formId: 'form-1' }, { formId: 'form-2' }],
    });
    forms.submit('form-2', 'ok', { note: 'second' });
    expect((await runs.goOn()).end).toMatchObject({ type: 'run_paused', pausedNodes: ['one'], reasons: [{ formId: 'form-1' }] });
    forms.submit('form-1', 'ok', { note: 'first' });
    expect((await runs.goOn()).end).toMatchObject({ type: 'run_succeeded', outputs: { one: 'first', two: 'second' } });
    expect(forms.sent).toHaveLength(2);
  });

  it('should look again at a command while others are at work', async () => {
    const forms = new MemoryForms();
    const commands = new CommandChannel();
    const document = graphOf({ start, hi: ask, slow: { type: 'slow' }, end: end('note') }, [
      'start -> hi',
      'start -> slow',
      'hi:ok -> end',
      'slow -> end',
    ]);
    const runs = new Runs(document, { ports: { forms }, commands });
    let open = (): void => undefined;
    runs.gate = new Promise((resolve) => (open = resolve));
    const told = runs.run();
    while (forms.sent.length === 0) await new Promise(setImmediate);
    await new Promise(setImmediate);
    forms.submit('form-1', 'ok', { note: 'quick' });
    commands.send({ type: 'submit_form', nodeId: 'hi' });
    await new Promise(setImmediate);
    open();
    expect((await told).end).toMatchObject({ type: 'run_succeeded', outputs: { note: 'quick' } });
  });

  it('should have a form of its own in every round', async () => {
    const forms = new MemoryForms();
    const document = graphOf(
      {
        start,
        each: {
          type: 'iteration',
          iterator_selector: ['sys', 'list'],
          output_selector: ['hi', 'note'],
          start_node_id: 'first',
          is_parallel: true,
        },
        first: { type: 'iteration-start' },
        hi: { ...ask, form_content: '{{#each.item#}}' },
        end: { type: 'end', outputs: [{ variable: 'all', value_selector: ['each', 'output'] }] },
      },
      ['start -> each -> end', 'first -> hi'],
    );
    const runs = new Runs(document, { ports: { forms }, run: { system: { list: ['a', 'b'] } } });
    expect((await runs.run()).end.type).toBe('run_paused');
    expect(forms.sent.map(({ content }) => content)).toEqual(['a', 'b']);
    forms.submit('form-1', 'ok', { note: 'A' });
    forms.submit('form-2', 'ok', { note: 'B' });
    expect((await runs.goOn()).end).toMatchObject({ type: 'run_succeeded', outputs: { all: ['A', 'B'] } });
  });

  it('should send mail once, after its start was stored, and show the form nowhere else', async () => {
    const forms = new MemoryForms();
    const stored: string[] = [];
    const beforeEffect = async ({ nodeId }: { nodeId: string }): Promise<void> => {
      stored.push(`${nodeId} with ${String(forms.sent.length)} sent`);
    };
    const off = { ...mail, id: 'd3', enabled: false };
    const runs = new Runs(graph({ delivery_methods: [mail, off] }), { ports: { forms, beforeEffect } });
    const first = await runs.run();
    expect(stored).toEqual(['hi with 0 sent']);
    expect(forms.sent[0]?.deliveries).toEqual([
      {
        type: 'email',
        id: 'd2',
        recipients: { wholeWorkspace: false, memberIds: ['ada'], addresses: ['bob@x.test'] },
        subject: 'About this',
        body: 'Look at this: {{#url#}}',
        debugMode: false,
      },
    ]);
    expect(said(first)[0]).toMatchObject({ form: { display_in_ui: false } });
    // A crash while it waits loses nothing: the pause is in the journal.
    expect((await runs.recover()).end).toMatchObject({ type: 'run_paused', reasons: [{ formId: 'form-1' }] });
    forms.submit('form-1', 'ok', { note: 'n' });
    expect((await runs.recover()).end).toMatchObject({ type: 'run_succeeded', outputs: { note: 'n' } });
    expect(stored).toHaveLength(1);
    expect(forms.sent).toHaveLength(1);
  });

  it('should not send mail twice after a crash in the middle of it', async () => {
    const forms = new MemoryForms();
    forms.create = () => new Promise(() => undefined);
    const runs = new Runs(graph({ delivery_methods: [mail] }), { ports: { forms }, signal: AbortSignal.timeout(50) });
    await runs.run();
    expect((await runs.recover()).end).toMatchObject({ type: 'run_failed', error: expect.stringContaining('must not run twice') });

    const harmless = new Runs(graph(), { ports: { forms }, signal: AbortSignal.timeout(50) });
    await harmless.run();
    forms.create = MemoryForms.prototype.create.bind(forms);
    expect((await harmless.recover()).end.type).toBe('run_paused');
  });

  it('should fill in what stands in fields at first, and what came of them', async () => {
    const forms = new MemoryForms();
    const inputs = [
      { type: 'text_input', output_variable_name: 'name', default: { type: 'variable', selector: ['sys', 'list'], value: '' } },
      { type: 'text_input', output_variable_name: 'gone', default: { type: 'variable', selector: ['sys', 'nothing'], value: '' } },
      { type: 'text_input', output_variable_name: 'plain' },
    ];
    const content = '{{#$output.name#}}|{{#$output.gone#}}|{{#$output.other#}}|{{#sys.nothing#}}|{{#url#}}';
    const runs = new Runs(graph({ inputs, form_content: content }), { ports: { forms }, run: { system: { list: ['a', 1] } } });
    const told = await runs.run();
    expect(said(told)[0]).toMatchObject({
      form: { resolved_default_values: { name: ['a', 1] }, inputs: [{}, {}, { output_variable_name: 'plain', default: null }] },
    });
    forms.submit('form-1', 'ok', { name: { deep: ['x'] }, gone: 'here' });
    const second = await runs.goOn();
    expect(said(second)[0]).toMatchObject({ form: { rendered_content: '{"deep": ["x"]}|here||sys.nothing|{{#url#}}' } });
  });

  it('should show the names of secrets to people, not the secrets', async () => {
    const forms = new MemoryForms();
    const secret = 'sk-canary-1234567890';
    const environment = [{ name: 'KEY', type: 'secret' as const, value: secret }];
    const runs = new Runs(graph({ form_content: 'Key {{#env.KEY#}}', delivery_methods: [mail] }), {
      ports: { forms },
      run: { environment },
    });
    const told = await runs.run();
    expect(forms.sent[0]?.content).toBe('Key {{#env.KEY#}}');
    forms.submit('form-1', 'ok', { note: secret });
    const second = await runs.goOn();
    expect(JSON.stringify([told.events, second.events, forms.sent])).not.toContain(secret);
    expect(second.end.outputs.note).toBe('{{#env.KEY#}}');
  });

  it.each([
    [{ user_actions: [ask.user_actions[0], ask.user_actions[0]] }, 'ok stands here twice'],
    [{ inputs: [ask.inputs[0], ask.inputs[0]] }, 'note stands here twice'],
    [{ user_actions: [{ id: 'not an id', title: 'x' }] }, 'must be an identifier of at most 20 characters'],
    [{ user_actions: [{ id: 'x'.repeat(21), title: 'x' }] }, 'must be an identifier of at most 20 characters'],
    [{ timeout: 0 }, 'timeout'],
  ])('should refuse %j', (data, message) => {
    expect(new Runs(graph(data), { ports: {} }).problems.join()).toContain(message);
  });

  it.each([
    [{ timeout: null, timeout_unit: null }, 36],
    [{ timeout: 3, timeout_unit: 'day' }, 72],
  ])('should wait with %j: %i hours', async (data, hours) => {
    const forms = new MemoryForms();
    await new Runs(graph(data), { ports: { forms } }).run();
    expect(forms.sent.map(({ expiresAt }) => Math.round((expiresAt - 1_700_000_000_000) / 3_600_000))).toEqual([hours]);
  });
});
