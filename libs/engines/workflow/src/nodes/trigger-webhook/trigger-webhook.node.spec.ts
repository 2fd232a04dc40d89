import type { NodeFinished } from '../../run/events.js';
import { graphOf } from '../../testing/graph.factory.js';
import { fileValue } from '../../testing/memory-files.js';
import { runGraph } from '../../testing/workflow.harness.js';
import { FileValue } from '../../values/file-value.js';

const file = fileValue({ filename: 'a.txt', type: 'document' });

async function outputs(data: Record<string, unknown>, call: Record<string, unknown> | undefined): Promise<NodeFinished> {
  const inputs =
    call === undefined
      ? {}
      : { webhook_data: call, webhook_headers: call.headers, webhook_query_params: call.query_params, webhook_body: call.body };
  const told = await runGraph(graphOf({ wh: { type: 'trigger-webhook', ...data }, end: { type: 'end', outputs: [] } }, ['wh -> end']), {
    inputs,
    run: { system: { user_id: 'DEFAULT-USER' } },
  });
  expect(told.end.type).toBe('run_succeeded');
  return told.events.find((event): event is NodeFinished => event.type === 'node_finished' && event.nodeId === 'wh') as NodeFinished;
}

const named = (...names: string[]): { name: string; type: string; required: boolean }[] =>
  names.map((name) => ({ name, type: 'string', required: false }));

describe('trigger-webhook', () => {
  it('should put out what the author named, the whole call and the system variables', async () => {
    const call = {
      method: 'POST',
      headers: { 'X-Api-Key': 'k', 'Content-Type': 'application/json', x_under_score: 'u' },
      query_params: { p: 1, extra: 'x' },
      body: { s: 'text', n: 2.5, o: { a: [1] }, l: ['a'] },
      files: {},
    };
    const finished = await outputs(
      {
        headers: named('x-api-key', 'X-Under-Score', 'missing'),
        params: named('p', 'q'),
        body: named('s', 'n', 'o', 'l', 'gone', 'toString'),
      },
      call,
    );
    expect(finished.outputs).toEqual({
      x_api_key: 'k',
      X_Under_Score: 'u',
      missing: null,
      p: 1,
      q: null,
      s: 'text',
      n: 2.5,
      o: { a: [1] },
      l: ['a'],
      gone: null,
      toString: null,
      _webhook_raw: call,
      'sys.user_id': 'DEFAULT-USER',
    });
    expect(finished.inputs).toMatchObject({ webhook_data: call, webhook_body: call.body, 'sys.user_id': 'DEFAULT-USER' });
  });

  it('should take texts and bytes as one value', async () => {
    const text = await outputs({ content_type: 'text/plain', body: named('raw') }, { body: { raw: 'hello' } });
    expect(text.outputs.raw).toBe('hello');
    expect((await outputs({ content_type: 'text/plain', body: named('raw') }, { body: {} })).outputs.raw).toBe('');
    const bytes = await outputs({ content_type: 'application/octet-stream', body: named('raw') }, { body: { raw: file.toJSON() } });
    expect(bytes.outputs.raw).toBeInstanceOf(FileValue);
    expect((await outputs({ content_type: 'application/octet-stream', body: named('raw') }, { body: {} })).outputs.raw).toBeNull();
  });

  it('should put out the files of a form', async () => {
    const body = [...named('note'), { name: 'doc', type: 'file', required: true }, { name: 'none', type: 'file', required: false }];
    const finished = await outputs({ content_type: 'multipart/form-data', body }, { body: { note: 'n' }, files: { doc: file } });
    expect(finished.outputs).toMatchObject({ note: 'n', doc: file, none: null });
  });

  it('should run without a call, as a person tries it', async () => {
    expect((await outputs({ params: named('p') }, undefined)).outputs).toEqual({
      p: null,
      _webhook_raw: {},
      'sys.user_id': 'DEFAULT-USER',
    });
  });
});
