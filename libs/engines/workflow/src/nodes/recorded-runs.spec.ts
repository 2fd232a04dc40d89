import { LocalDocumentReader } from '#engines/knowledge';
import { WorkflowHttpError } from '../ports/http.port.js';
import { graphOf } from '../testing/graph.factory.js';
import { fileValue, MemoryFiles } from '../testing/memory-files.js';
import { httpData } from '../testing/node-data.js';
import { MockHttp, type MockAnswer } from '../testing/mock-http.js';
import { runGraph, type HarnessOptions, type Told } from '../testing/workflow.harness.js';

type Data = Record<string, unknown> & { type: string };

const outputs = (node: string, names: Record<string, string>): Data => ({
  type: 'end',
  outputs: Object.entries(names).map(([variable, name]) => ({ variable, value_selector: [node, name], value_type: 'string' })),
});
const httpOutputs = outputs('h', { status: 'status_code', body: 'body', headers: 'headers', files: 'files' });
const field = (variable: string, type = 'text-input', more: Record<string, unknown> = {}): Record<string, unknown> => ({
  variable,
  type,
  max_length: 256,
  ...more,
});
const start: Data = { type: 'start', variables: [field('q')] };
const request = httpData();
const json = (body: string): MockAnswer => ({ headers: { 'content-type': 'application/json' }, body });
const headersText = '"{\\n  \\"content-type\\": \\"application/json\\"\\n}"';
const refused = new WorkflowHttpError('connect', '[Errno 111] Connection refused');

/** Events in the order the recordings of traces/nodes have them; the headers of the recorder's server are left out. */
async function run(nodes: Record<string, Data>, edges: string[], options: HarnessOptions & { http?: MockHttp } = {}): Promise<Told> {
  const { http, ...rest } = options;
  const ports = { http, files: new MemoryFiles({ 'n.txt': 'Plain text file.' }), documents: new LocalDocumentReader(), ...rest.ports };
  return runGraph(graphOf({ start, ...nodes }, edges), { inputs: { q: 'x' }, ...rest, ports });
}

describe('recorded runs', () => {
  const begin = ['run_started', 'node_started start', 'node_finished start'];

  it('nodes/http-request', async () => {
    const body =
      '{"method": "GET", "path": "/echo/abc?a=1&b=abc", "headers": {"x-test": "abc", "Authorization": "Bearer tok"}, "body": ""}';
    const told = await run({ h: request, end: httpOutputs }, ['start -> h -> end'], { http: new MockHttp(json(body)) });

    expect(told.lines).toEqual([
      ...begin,
      'node_started h',
      'chunk h "200"',
      'chunk end "\\n"',
      `chunk h ${JSON.stringify(body)}`,
      'chunk end "\\n"',
      `chunk h ${headersText}`,
      'chunk end "\\n"',
      'chunk h ""',
      'node_finished h',
      'node_started end',
      'node_finished end',
      'run_succeeded',
    ]);
    expect(told.end).toMatchObject({ outputs: { status: 200, body, headers: { 'content-type': 'application/json' }, files: [] } });
  });

  it('nodes/http-request-file', async () => {
    const http = new MockHttp({ headers: { 'content-type': 'image/png' }, body: Buffer.alloc(70, 0x89) });
    const told = await run({ h: request, end: httpOutputs }, ['start -> h -> end'], { http });

    expect(told.lines.slice(3)).toEqual([
      'node_started h',
      'chunk h "200"',
      'chunk end "\\n"',
      'chunk h ""',
      'chunk end "\\n"',
      'chunk h "{\\n  \\"content-type\\": \\"image/png\\"\\n}"',
      'chunk end "\\n"',
      'chunk h "![tool-file-1](https://files.test/tool-file-1)"',
      'node_finished h',
      'node_started end',
      'node_finished end',
      'run_succeeded',
    ]);
  });

  it('nodes/http-request-retry', async () => {
    const http = new MockHttp((_, count) => (count < 3 ? { status: 500 } : json('{}')));
    const retry = { retry_enabled: true, max_retries: 3, retry_interval: 100 };
    const told = await run({ h: { ...request, retry_config: retry }, end: httpOutputs }, ['start -> h -> end'], { http });

    expect(told.lines.slice(3, 8)).toEqual(['node_started h', 'node_retry h', 'node_retry h', 'chunk h "200"', 'chunk end "\\n"']);
    expect(told.events.filter(({ type }) => type === 'node_retry')).toMatchObject(
      [1, 2].map((retryIndex) => ({
        retryIndex,
        error: 'Reached maximum retries for URL http://127.0.0.1:9911/',
        processData: { request: 'GET / HTTP/1.1\r\nHost: 127.0.0.1:9911\r\n\r\n' },
      })),
    );
    // A repaired failure counts all the same.
    expect(told.end).toMatchObject({ type: 'run_partially_succeeded', exceptionsCount: 2 });
  });

  it('nodes/http-request-default-value', async () => {
    const h = {
      ...request,
      url: 'http://127.0.0.1:1/',
      error_strategy: 'default-value',
      default_value: [
        { key: 'body', type: 'string', value: 'dflt' },
        { key: 'status_code', type: 'number', value: 0 },
        { key: 'headers', type: 'object', value: '{}' },
      ],
    };
    const told = await run({ h, end: httpOutputs }, ['start -> h -> end'], { http: new MockHttp(refused) });

    // The list of files is never there: what comes behind it waits for ever, and the line break before it is the last chunk.
    expect(told.lines.slice(3)).toEqual([
      'node_started h',
      'node_finished h',
      'node_started end',
      'chunk h "0"',
      'chunk end "\\n"',
      'chunk h "dflt"',
      'chunk end "\\n"',
      'chunk h "{}"',
      'chunk end "\\n"',
      'node_finished end',
      'run_partially_succeeded',
    ]);
    expect(told.end).toMatchObject({
      type: 'run_partially_succeeded',
      exceptionsCount: 1,
      outputs: { status: 0, body: 'dflt', headers: {}, files: null },
    });
  });

  it('nodes/http-request-refused', async () => {
    const h = { ...request, url: 'http://127.0.0.1:1/', error_strategy: 'fail-branch' };
    const end2 = outputs('h', { m: 'error_message', t: 'error_type' });
    const told = await run({ h, end: httpOutputs, end2 }, ['start -> h -> end', 'h:fail-branch -> end2'], { http: new MockHttp(refused) });

    expect(told.lines).toEqual([
      ...begin,
      'node_started h',
      'chunk h "[Errno 111] Connection refused"',
      'chunk end2 "\\n"',
      'chunk h "HttpRequestNodeError"',
      'node_finished h',
      'node_started end2',
      'node_finished end2',
      'run_partially_succeeded',
    ]);
    expect(told.end).toMatchObject({ exceptionsCount: 1, outputs: { m: '[Errno 111] Connection refused', t: 'HttpRequestNodeError' } });
  });

  it('nodes/http-request-status-500', async () => {
    const h = { ...request, url: 'http://127.0.0.1:9911/status/500' };
    const told = await run({ h, end: httpOutputs }, ['start -> h -> end'], { http: new MockHttp({ status: 500 }) });

    expect(told.lines).toEqual([...begin, 'node_started h', 'node_finished h', 'run_failed h']);
    expect(told.end).toMatchObject({
      error: 'Reached maximum retries for URL http://127.0.0.1:9911/status/500',
      outputs: {},
      exceptionsCount: 1,
    });
  });

  it('nodes/template', async () => {
    const template = '{% for i in range(3) %}{{ i }}:{{ q | upper }};{% endfor %} ü';
    const t = { type: 'template-transform', template, variables: [{ variable: 'q', value_selector: ['start', 'q'] }] };
    const told = await run({ t, end: outputs('t', { o: 'output' }) }, ['start -> t -> end'], { inputs: { q: 'abc' } });

    expect(told.lines).toEqual([
      ...begin,
      'node_started t',
      'chunk t "0:ABC;1:ABC;2:ABC; ü"',
      'node_finished t',
      'node_started end',
      'node_finished end',
      'run_succeeded',
    ]);
  });

  it('nodes/template-error', async () => {
    const t = { type: 'template-transform', template: '{% for %}', variables: [] };
    const told = await run({ t, end: outputs('t', { o: 'output' }) }, ['start -> t -> end']);

    expect(told.lines).toEqual([...begin, 'node_started t', 'node_finished t', 'run_failed t']);
    expect(told.end).toMatchObject({ exceptionsCount: 1, outputs: {} });
    // The recording has Python's whole traceback; this is its last line.
    expect((told.end as { error: string }).error).toContain("TemplateSyntaxError: Expected an expression, got 'end of statement block'");
  });

  it('nodes/document-extractor', async () => {
    const form: Data = { type: 'start', variables: [field('f', 'file', { allowed_file_types: ['document', 'custom'] })] };
    const d = { type: 'document-extractor', variable_selector: ['start', 'f'], is_array_file: false };
    const f = fileValue({ type: 'document', filename: 'n.txt', extension: '.txt', mimeType: 'text/plain' });
    const told = await run({ start: form, d, end: outputs('d', { t: 'text' }) }, ['start -> d -> end'], { inputs: { f } });

    expect(told.lines).toEqual([
      ...begin,
      'node_started d',
      'chunk d "Plain text file."',
      'node_finished d',
      'node_started end',
      'node_finished end',
      'run_succeeded',
    ]);
  });

  it('nodes/start-types', async () => {
    const types = {
      t: 'text-input',
      p: 'paragraph',
      s: 'select',
      n: 'number',
      c: 'checkbox',
      j: 'json_object',
      f: 'file',
      fl: 'file-list',
    };
    const variables = Object.entries(types).map(([variable, type]) =>
      field(variable, type, type === 'select' ? { options: ['a', 'b'] } : {}),
    );
    const image = fileValue({
      transferMethod: 'remote_url',
      remoteUrl: 'http://127.0.0.1:9911/image.png',
      filename: 'image.png',
      relatedId: null,
    });
    const inputs = { t: 'x', p: 'long', s: 'a', n: 1.5, c: true, j: { a: 1 }, f: image, fl: [image] };
    const end = outputs('start', Object.fromEntries(Object.keys(types).map((name) => [name, name])));
    const told = await run({ start: { type: 'start', variables }, end }, ['start -> end'], { inputs });

    const shown = [
      'x',
      'long',
      'a',
      '1.5',
      'True',
      '{\n  "a": 1\n}',
      '![image.png](http://127.0.0.1:9911/image.png)',
      '![image.png](http://127.0.0.1:9911/image.png)',
    ];
    expect(told.lines).toEqual([
      'run_started',
      'node_started start',
      ...shown.flatMap((text, index) => [...(index === 0 ? [] : ['chunk end "\\n"']), `chunk start ${JSON.stringify(text)}`]),
      'node_finished start',
      'node_started end',
      'node_finished end',
      'run_succeeded',
    ]);
  });
});
