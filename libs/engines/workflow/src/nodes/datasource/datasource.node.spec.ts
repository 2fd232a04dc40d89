import type { NodeFinished } from '../../run/events.js';
import { graphOf } from '../../testing/graph.factory.js';
import { fileValue } from '../../testing/memory-files.js';
import { ScriptedDatasources } from '../../testing/scripted-datasources.js';
import { runGraph, type Told } from '../../testing/workflow.harness.js';

/** Traces pipelines/draft-run, draft-run-errors. */
const info = {
  related_id: '466fc089',
  name: 'fruit.txt',
  type: 'file',
  size: 148,
  extension: 'txt',
  mime_type: 'text/plain',
  url: '',
  transfer_method: 'local_file',
};
const file = fileValue({ relatedId: '466fc089', filename: 'fruit.txt', type: 'custom' });

function run(
  datasources: ScriptedDatasources | undefined,
  system: Record<string, unknown>,
  data: Record<string, unknown> = {},
): Promise<Told> {
  const ds = {
    type: 'datasource',
    plugin_id: 'langgenius/file',
    provider_name: 'file',
    provider_type: 'local_file',
    datasource_name: 'upload-file',
    ...data,
  };
  const graph = graphOf(
    { ds, end: { type: 'end', outputs: ['file', 'content'].map((variable) => ({ variable, value_selector: ['ds', variable] })) } },
    ['ds -> end'],
  );
  return runGraph(graph, {
    ports: datasources === undefined ? {} : { datasources },
    run: { system, pipeline: { shared: { depth: 2 } }, environment: [{ name: 'KEY', type: 'secret', value: 'sk-canary-123456' }] },
  });
}

function finished({ events }: Told): NodeFinished {
  return events.find((event): event is NodeFinished => event.type === 'node_finished' && event.nodeId === 'ds') as NodeFinished;
}

describe('datasource', () => {
  it('should put out an upload', async () => {
    const told = await run(new ScriptedDatasources({ '466fc089': file }), { datasource_type: 'local_file', datasource_info: info });
    expect(finished(told)).toMatchObject({
      inputs: info,
      outputs: { file, datasource_type: 'local_file' },
      metadata: { datasource_info: info },
    });
    expect(told.end.outputs.file).toBe(file);
  });

  it.each([
    ['a null id', { ...info, related_id: null }],
    ['an unknown upload', { ...info, related_id: '00000000' }],
  ])('should fail for %s', async (_name, other) => {
    const told = await run(new ScriptedDatasources({ '466fc089': file }), { datasource_type: 'local_file', datasource_info: other });
    expect(told.end).toMatchObject({ type: 'run_failed', error: 'Failed to invoke datasource: File is not exist' });
    expect(finished(told)).toMatchObject({ inputs: other, outputs: {}, metadata: { datasource_info: other } });
  });

  it('should put out a crawled page as it is', async () => {
    const page = { source_url: 'https://x.test', content: '# Hi', title: 'Hi', description: '' };
    const told = await run(undefined, { datasource_type: 'website_crawl', datasource_info: page });
    expect(finished(told).outputs).toEqual({ ...page, datasource_type: 'website_crawl' });
  });

  it('should read an online document with its parameters', async () => {
    const datasources = new ScriptedDatasources({}, [
      { type: 'variable', name: 'content', value: '# Page', isStreamed: false },
      { type: 'variable', name: 'page_id', value: 'p1', isStreamed: false },
    ]);
    const page = { workspace_id: 'w', page: { page_id: 'p1' }, credential_id: 'c' };
    const told = await run(
      datasources,
      { datasource_type: 'online_document', datasource_info: page },
      {
        datasource_parameters: {
          depth: { type: 'variable', value: ['rag', 'shared', 'depth'] },
          note: { type: 'mixed', value: 'to {{#rag.shared.depth#}}, {{#env.KEY#}}' },
          gone: { type: 'variable', value: ['rag', 'shared', 'gone'] },
          empty: null,
        },
      },
    );
    expect(finished(told).outputs).toEqual({ ...page, content: '# Page', page_id: 'p1', datasource_type: 'online_document' });
    expect(datasources.calls).toMatchObject([
      {
        kind: 'document',
        info: page,
        choice: { pluginId: 'langgenius/file', providerName: 'file', datasourceName: 'upload-file', pluginUniqueIdentifier: null },
        parameters: { depth: 2, note: 'to 2, sk-canary-123456', gone: null },
        user: 'test_user',
      },
    ]);
    expect(JSON.stringify(told.events)).not.toContain('sk-canary');
  });

  it('should read a file of a drive', async () => {
    const drive = { id: 'f1', bucket: 'b', name: 'fruit.txt', type: 'file', credential_id: 'c' };
    const system = { datasource_type: 'online_drive', datasource_info: drive };
    const told = await run(new ScriptedDatasources({}, [{ type: 'file', file }]), system);
    expect(finished(told).outputs).toEqual({ file, datasource_type: 'online_drive' });
    expect((await run(new ScriptedDatasources({}, []), system)).end).toMatchObject({
      error: 'Failed to transform datasource message: there is no file in it.',
    });
    expect((await run(new ScriptedDatasources({}, [new TypeError('no answer')]), system)).end).toMatchObject({
      error: 'Failed to invoke datasource: no answer',
      errorType: 'TypeError',
    });
  });

  it.each([
    [{}, 'Datasource type is not set'],
    [{ datasource_type: 'local_file' }, 'Datasource info is not set'],
    [{ datasource_type: 'tape', datasource_info: {} }, 'Unsupported datasource provider: tape'],
  ])('should fail with %j', async (system, error) => {
    expect((await run(new ScriptedDatasources(), system)).end).toMatchObject({
      type: 'run_failed',
      error,
      errorType: 'DatasourceNodeError',
    });
  });
});
