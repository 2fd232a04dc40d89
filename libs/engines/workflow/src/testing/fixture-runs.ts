import type { GraphDocument } from '../graph/graph-document.js';
import type { RunInputs } from '../pool/initial-pool.js';
import type { WorkflowPorts } from '../ports/workflow-ports.js';
import { EchoOutside } from './echo-outside.js';
import { graphOf } from './graph.factory.js';
import { endData, httpData, llmData, startData, templateData, type NodeSettings } from './node-data.js';
import { testInputs } from './workflow.harness.js';

/** The value of the secret variable `KEY`, which no output of a run may hold. */
export const CANARY = 'sk-canary-Zq81vXo4Kp';

/** The secret variable of the fixtures. */
export const KEY_VARIABLE = { name: 'KEY', type: 'secret', value: CANARY } as const;

/** A graph to run, with an outside that answers alike in every process. */
export interface FixtureRun {
  readonly name: string;
  readonly graph: GraphDocument;
  readonly inputs: RunInputs;
  /** `isAnswered`: forms are filled in as soon as they are looked at. An outside that echoes puts all it was told into `received`. */
  readonly ports: (isAnswered: boolean, received?: string[]) => WorkflowPorts;
}

const KEY = '{{#env.KEY#}}';
const start = startData();
const model = (name: string): unknown => ({ provider: 'acme', name, mode: 'chat', completion_params: {} });
const llm = (user: string, more: Record<string, unknown> = {}): NodeSettings => llmData({ user }, { model: model('echo'), ...more });
const http = (url: string, more: Record<string, unknown> = {}): NodeSettings =>
  httpData({ url, headers: `X-Key: ${KEY}`, params: `key: ${KEY}`, ...more });

const answers = graphOf(
  {
    start,
    find: {
      type: 'knowledge-retrieval',
      query_variable_selector: ['env', 'KEY'],
      dataset_ids: ['d1'],
      retrieval_mode: 'multiple',
      multiple_retrieval_config: { top_k: 2, reranking_enable: false },
    },
    say: llm(`Use ${KEY} with {{#context#}}`, { context: { enabled: true, variable_selector: ['find', 'result'] } }),
    also: templateData('<{{ key }}>', { key: ['env', 'KEY'] }),
    first: { type: 'answer', answer: `Key ${KEY}: {{#say.text#}}\n` },
    second: { type: 'answer', answer: '{{#also.output#}} and {{#say.text#}}' },
  },
  ['start -> find -> say -> first', 'start -> also -> second', 'say -> second'],
);

const failures = graphOf(
  {
    start,
    refused: http(`http://api.test/refused/${KEY}`, {
      retry_config: { retry_enabled: true, max_retries: 2, retry_interval: 5 },
      error_strategy: 'fail-branch',
    }),
    told: templateData('{{ message }} {{ kind }}', { message: ['refused', 'error_message'], kind: ['refused', 'error_type'] }),
    failing: http('http://api.test/500', {
      method: 'post',
      body: { type: 'json', data: [{ type: 'text', value: `{"key": "${KEY}"}` }] },
      error_strategy: 'default-value',
      default_value: [{ key: 'body', type: 'string', value: 'nothing' }],
    }),
    broken: llm(KEY, { model: model('broken'), error_strategy: 'fail-branch' }),
    code: {
      type: 'code',
      code_language: 'python3',
      code: 'fail',
      variables: [{ variable: 'key', value_selector: ['env', 'KEY'] }],
      outputs: { result: { type: 'string', children: null } },
      error_strategy: 'fail-branch',
    },
    end: endData({
      told: ['told', 'output'],
      body: ['failing', 'body'],
      broken: ['broken', 'error_message'],
      code: ['code', 'error_message'],
    }),
  },
  [
    'start -> refused',
    'refused:fail-branch -> told -> failing -> broken',
    'broken:fail-branch -> code',
    'code:fail-branch -> end',
    'start -> end',
  ],
);

const lastWords = graphOf(
  { start, say: llm('Hello'), last: http(`http://api.test/refused/${KEY}`), end: endData({ body: ['last', 'body'] }) },
  ['start -> say -> last -> end'],
);

const iterations = graphOf(
  {
    start,
    many: {
      type: 'iteration',
      iterator_selector: ['sys', 'list'],
      output_selector: ['ask', 'text'],
      start_node_id: 'manystart',
      is_parallel: true,
      parallel_nums: 2,
      error_handle_mode: 'continue-on-error',
    },
    manystart: { type: 'iteration-start' },
    ask: llm(`{{#many.item#}} ${KEY}`),
    each: {
      type: 'iteration',
      iterator_selector: ['sys', 'list'],
      output_selector: ['note', 'output'],
      start_node_id: 'eachstart',
      is_parallel: false,
      error_handle_mode: 'terminated',
    },
    eachstart: { type: 'iteration-start' },
    note: templateData('{{ item }}! {{ key }}', { item: ['each', 'item'], key: ['env', 'KEY'] }),
    keep: {
      type: 'assigner',
      version: '2',
      items: [{ variable_selector: ['conversation', 'seen'], input_type: 'variable', operation: 'over-write', value: ['note', 'output'] }],
    },
    end: endData({ many: ['many', 'output'], each: ['each', 'output'], seen: ['conversation', 'seen'] }),
  },
  ['start -> many -> each -> end', 'manystart -> ask', 'eachstart -> note -> keep'],
);

const loops = graphOf(
  {
    start,
    lp: {
      type: 'loop',
      loop_count: 5,
      start_node_id: 'lpstart',
      logical_operator: 'and',
      break_conditions: [{ variable_selector: ['lp', 'num'], comparison_operator: '≥', value: '3' }],
      loop_variables: [
        { label: 'num', var_type: 'number', value_type: 'constant', value: 1 },
        { label: 'key', var_type: 'string', value_type: 'variable', value: ['env', 'KEY'] },
      ],
    },
    lpstart: { type: 'loop-start' },
    more: {
      type: 'assigner',
      version: '2',
      items: [{ variable_selector: ['lp', 'num'], input_type: 'constant', operation: '+=', value: 1 }],
    },
    shown: { type: 'answer', answer: '{{#lp.num#}} {{#lp.key#}}\n' },
    inner: {
      type: 'iteration',
      iterator_selector: ['sys', 'list'],
      output_selector: ['say', 'text'],
      start_node_id: 'innerstart',
      is_parallel: true,
      parallel_nums: 3,
      error_handle_mode: 'terminated',
    },
    innerstart: { type: 'iteration-start' },
    say: llm('{{#inner.item#}} {{#lp.num#}} {{#lp.key#}}'),
    last: { type: 'answer', answer: 'at last {{#lp.num#}}' },
  },
  ['start -> lp -> last', 'lpstart -> more -> shown -> inner', 'innerstart -> say'],
);

const branches = graphOf(
  {
    start,
    which: {
      type: 'if-else',
      cases: [
        {
          case_id: 'true',
          logical_operator: 'and',
          conditions: [{ variable_selector: ['env', 'KEY'], comparison_operator: 'start with', value: 'sk-' }],
        },
      ],
    },
    left: templateData('left {{ key }}', { key: ['env', 'KEY'] }),
    right: templateData('right'),
    none: templateData('none'),
    joined: {
      type: 'variable-aggregator',
      output_type: 'string',
      variables: [
        ['none', 'output'],
        ['left', 'output'],
      ],
    },
    one: endData({ joined: ['joined', 'output'], key: ['env', 'KEY'] }),
    two: endData({ right: ['right', 'output'] }),
    never: endData({ none: ['none', 'output'] }),
  },
  ['start -> which', 'which:true -> left -> joined -> one', 'which:true -> right -> two', 'which:false -> none -> joined', 'none -> never'],
);

const form = graphOf(
  {
    start,
    say: llm(`Ask with ${KEY}`),
    ask: {
      type: 'human-input',
      delivery_methods: [{ id: 'd1', type: 'webapp', enabled: true, config: {} }],
      form_content: `Is ${KEY} well? {{#$output.note#}}`,
      inputs: [{ type: 'paragraph', output_variable_name: 'note', default: { type: 'constant', value: '', selector: [] } }],
      user_actions: [{ id: 'ok', title: 'OK', button_style: 'primary' }],
      timeout: 1,
      timeout_unit: 'hour',
    },
    beside: templateData('beside {{ key }}', { key: ['env', 'KEY'] }),
    after: llm('{{#ask.note#}}'),
    answer: { type: 'answer', answer: '{{#say.text#}} {{#ask.note#}} {{#after.text#}} {{#beside.output#}}' },
  },
  ['start -> say -> ask', 'start -> beside', 'ask:ok -> after -> answer', 'beside -> answer'],
);

const outside = graphOf(
  {
    start,
    tool: {
      type: 'tool',
      provider_id: 'echo',
      provider_type: 'builtin',
      provider_name: 'echo',
      tool_name: 'echo',
      tool_configurations: { set: { type: 'mixed', value: `set ${KEY}` } },
      tool_parameters: { text: { type: 'mixed', value: `given ${KEY}` } },
    },
    code: {
      type: 'code',
      code_language: 'python3',
      code: 'def main(key): ...',
      variables: [{ variable: 'key', value_selector: ['env', 'KEY'] }],
      outputs: { result: { type: 'string', children: null } },
    },
    classify: {
      type: 'question-classifier',
      model: model('class'),
      query_variable_selector: ['tool', 'text'],
      classes: [
        { id: '1', name: 'one' },
        { id: '2', name: 'two' },
      ],
      instruction: KEY,
    },
    extract: {
      type: 'parameter-extractor',
      model: model('extract'),
      query: ['code', 'result'],
      parameters: [{ name: 'city', type: 'string', description: 'a city', required: true }],
      instruction: KEY,
      reasoning_mode: 'prompt',
    },
    agent: {
      type: 'agent',
      agent_strategy_provider_name: 'langgenius/agent/agent',
      agent_strategy_name: 'function_calling',
      agent_strategy_label: 'FunctionCalling',
      agent_parameters: {
        model: { type: 'constant', value: { provider: 'acme', model: 'echo', model_type: 'llm', mode: 'chat', completion_params: {} } },
        instruction: { type: 'constant', value: KEY },
        query: { type: 'constant', value: '{{#extract.city#}}' },
      },
    },
    send: http('http://api.test/send', {
      method: 'post',
      authorization: { type: 'api-key', config: { type: 'bearer', api_key: KEY } },
      body: { type: 'raw-text', data: [{ type: 'text', value: `key=${KEY}` }] },
    }),
    // Says back what it is sent: its own header in base64, and that of the call before.
    sign: http('http://api.test/sign', {
      authorization: { type: 'api-key', config: { type: 'basic', api_key: `user:${KEY}` } },
    }),
    again: http('http://api.test/again', { method: 'post', body: { type: 'json', data: [{ type: 'text', value: '{{#sign.body#}}' }] } }),
    items: { type: 'list-operator', variable: ['sys', 'list'], limit: { enabled: true, size: 2 } },
    end: endData({
      tool: ['tool', 'text'],
      code: ['code', 'result'],
      city: ['extract', 'city'],
      agent: ['agent', 'text'],
      body: ['send', 'body'],
      headers: ['send', 'headers'],
      signed: ['sign', 'body'],
      again: ['again', 'body'],
      items: ['items', 'result'],
    }),
  },
  ['start -> tool -> code -> classify', 'classify:2 -> extract -> agent -> send -> sign -> again -> items -> end'],
);

const pipeline = graphOf(
  {
    drive: {
      type: 'datasource',
      plugin_id: 'langgenius/drive',
      provider_name: 'drive',
      provider_type: 'online_drive',
      datasource_name: 'drive',
      datasource_parameters: { key: { type: 'mixed', value: KEY } },
    },
    text: { type: 'document-extractor', variable_selector: ['drive', 'file'], is_array_file: false },
    chunks: {
      type: 'code',
      code_language: 'python3',
      code: 'list',
      variables: [
        { variable: 'text', value_selector: ['text', 'text'] },
        { variable: 'key', value_selector: ['env', 'KEY'] },
      ],
      outputs: { result: { type: 'array[string]', children: null } },
    },
    base: { type: 'knowledge-index', chunk_structure: 'text_model', index_chunk_variable_selector: ['chunks', 'result'] },
  },
  ['drive -> text -> chunks -> base'],
);

const documents = graphOf(
  {
    page: {
      type: 'datasource',
      plugin_id: 'langgenius/pages',
      provider_name: 'pages',
      provider_type: 'online_document',
      datasource_name: 'pages',
      datasource_parameters: { key: { type: 'variable', value: ['env', 'KEY'] } },
    },
    end: endData({ content: ['page', 'content'], key: ['env', 'KEY'] }),
  },
  ['page -> end'],
);

const webhook = graphOf(
  {
    hook: {
      type: 'trigger-webhook',
      method: 'post',
      content_type: 'application/json',
      headers: [{ name: 'X-Key', type: 'string', required: false }],
      params: [],
      body: [{ name: 'text', type: 'string', required: true }],
    },
    say: llm(`{{#hook.text#}} ${KEY}`),
    end: endData({ text: ['hook', 'text'], said: ['say', 'text'] }),
  },
  ['hook -> say -> end'],
);

const schedule = graphOf(
  {
    clock: { type: 'trigger-schedule', mode: 'cron', cron_expression: '0 9 * * *', timezone: 'UTC' },
    say: llm(`At nine ${KEY}`),
    end: endData({ said: ['say', 'text'] }),
  },
  ['clock -> say -> end'],
);

const event = graphOf(
  {
    event: {
      type: 'trigger-plugin',
      plugin_id: 'acme/mail',
      provider_id: 'acme/mail/mail',
      event_name: 'received',
      subscription_id: 's',
      plugin_unique_identifier: 'acme/mail:1',
      event_parameters: {},
    },
    say: llm(`{{#event.subject#}} ${KEY}`),
    end: endData({ subject: ['event', 'subject'], said: ['say', 'text'] }),
  },
  ['event -> say -> end'],
);

const graphs = { answers, failures, lastWords, iterations, loops, branches, form, outside, pipeline, documents, webhook, schedule, event };

/** Variables of the engine and of the caller that only some graphs look at. */
const SYSTEM: Readonly<Partial<Record<keyof typeof graphs, Record<string, unknown>>>> = {
  pipeline: {
    datasource_type: 'online_drive',
    datasource_info: { id: 'f1', name: 'fruit.txt', type: 'file' },
    dataset_id: 'd1',
    document_id: 'doc1',
    batch: 'b1',
  },
  documents: { datasource_type: 'online_document', datasource_info: { workspace_id: 'w', page: { page_id: 'p1' } } },
};
const INPUTS: Readonly<Partial<Record<keyof typeof graphs, Record<string, unknown>>>> = {
  webhook: { webhook_data: { method: 'POST', headers: { 'X-Key': 'k' }, query_params: {}, body: { text: 'Hello' }, files: {} } },
  event: { subject: 'Hello' },
};

/** Graphs that have every way to begin, fail, wait, repeat and speak, with everything outside echoing. Their nodes use the secret wherever they can. */
export const fixtureRuns: readonly FixtureRun[] = (Object.keys(graphs) as (keyof typeof graphs)[]).map((name) => ({
  name,
  graph: graphs[name],
  inputs: testInputs({
    inputs: INPUTS[name] ?? {},
    run: {
      system: { user_id: 'u', query: 'What?', files: [], list: ['a', 'b', 'c'], ...SYSTEM[name] },
      environment: [KEY_VARIABLE],
      conversation: [{ name: 'seen', type: 'string', value: '' }],
    },
  }),
  ports: (isAnswered, received) => new EchoOutside(isAnswered, received).ports(),
}));
