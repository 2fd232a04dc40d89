import { DocumentReader, LocalDocumentReader, type DocumentSource } from '#engines/knowledge';
import { fileValue, MemoryFiles } from '../../testing/memory-files.js';
import { graphOf } from '../../testing/graph.factory.js';
import { runGraph, type HarnessOptions, type Told } from '../../testing/workflow.harness.js';
import type { FileValue } from '../../values/file-value.js';
import { segmentAs } from '../../values/segment.js';

interface Options extends HarnessOptions {
  documents?: DocumentReader;
  files?: MemoryFiles;
  data?: Record<string, unknown>;
}

function run(
  value: unknown,
  { documents = new LocalDocumentReader(), files = new MemoryFiles(), data, ...rest }: Options = {},
): Promise<Told> {
  const graph = graphOf(
    {
      start: { type: 'start' },
      d: { type: 'document-extractor', title: 'Doc', variable_selector: ['sys', 'f'], is_array_file: false, ...data },
      end: { type: 'end', outputs: [{ variable: 't', value_selector: ['d', 'text'] }] },
    },
    ['start -> d -> end'],
  );
  return runGraph(graph, { ports: { documents, files }, run: { system: { f: value } }, ...rest });
}

function document(filename: string, mimeType: string | null = null): FileValue {
  return fileValue({ type: 'document', filename, extension: /\.[^.]+$/.exec(filename)?.[0] ?? null, mimeType });
}

/** As it goes over the wire. */
const finished = (told: Told): unknown =>
  JSON.parse(JSON.stringify(told.events.find((event) => event.type === 'node_finished' && event.nodeId === 'd')));

describe('document-extractor', () => {
  it.each([
    ['n.txt', 'Plain text file.', 'Plain text file.'],
    ['t.csv', 'a,b\n1,2\n', '| a | b |\n| - | - |\n| 1 | 2 |\n'],
    ['m.md', '# Title\n\ntext', '# Title\n\ntext'],
    ['p.html', '<html><body><h1>H</h1><p>P</p></body></html>', '<html><body><h1>H</h1><p>P</p></body></html>'],
    // The recorder got no answer for these two; see traces/README.
    ['j.json', '{"a": 1}', '{\n  "a": 1\n}'],
    ['y.yaml', 'a: 1', 'a: 1\n'],
  ])('should read %s (trace nodes/document-extractor)', async (name, content, text) => {
    const told = await run(document(name), { files: new MemoryFiles({ [name]: content }) });

    expect(told.end).toMatchObject({ type: 'run_succeeded', outputs: { t: text } });
    expect(finished(told)).toMatchObject({
      inputs: { variable_selector: ['sys', 'f'] },
      processData: { documents: [{ dify_model_identity: '__dify__file__', type: 'document', filename: name }] },
      outputs: { text },
    });
  });

  it('should refuse a kind that it does not know (trace nodes/document-extractor)', async () => {
    const told = await run(document('x.bin', 'application/octet-stream'));

    expect(told.end).toMatchObject({ type: 'run_failed', error: 'Unsupported Extension Type: .bin', errorType: '' });
    expect(finished(told)).toMatchObject({
      status: 'failed',
      inputs: { variable_selector: ['sys', 'f'] },
      processData: { documents: [{ filename: 'x.bin' }] },
    });
  });

  it('should read a list as a list, in its order', async () => {
    const files = new MemoryFiles({ 'a.txt': 'A', 'b.txt': 'B\u0000' });

    const told = await run([document('b.txt'), document('a.txt')], { files });

    expect(told.end.outputs).toEqual({ t: ['B', 'A'] });
    expect(files.readNames).toEqual(['b.txt', 'a.txt']);
  });

  it('should keep a list of one a list', async () => {
    expect((await run([document('a.txt')])).end.outputs).toEqual({ t: ['a.txt'] });
  });

  it.each([[[]], [segmentAs('array[file]', [])], [null], [''], [0]])('should put out nothing for %j', async (value) => {
    const told = await run(value);

    expect(told.end).toMatchObject({ type: 'run_succeeded', outputs: { t: [] } });
  });

  it.each([
    ['a text', "Variable ['sys', 'f'] is not an ArrayFileSegment"],
    [['a'], "Variable ['sys', 'f'] is not an ArrayFileSegment"],
    [undefined, "File variable not found for selector: ['sys', 'f']"],
  ])('should fail for %j', async (value, error) => {
    expect((await run(value)).end).toMatchObject({ type: 'run_failed', error, errorType: '' });
  });

  it('should tell of bytes that can not be had', async () => {
    const files = new MemoryFiles();
    files.read = () => Promise.reject(new Error('404 Not Found'));

    expect((await run(document('a.txt'), { files })).end).toMatchObject({ error: 'Error downloading file: 404 Not Found', errorType: '' });
  });

  it('should tell of a broken document, and fail for one of a list', async () => {
    const files = new MemoryFiles({ 'a.pdf': 'no pdf' });

    expect((await run([document('n.txt'), document('a.pdf')], { files })).end).toMatchObject({
      type: 'run_failed',
      error: expect.stringMatching(/^Failed to extract text from PDF: /),
    });
  });

  it('should hand in what is known, and stop with the run', async () => {
    const asked: DocumentSource[] = [];
    const controller = new AbortController();
    class Waiting extends DocumentReader {
      override read(source: DocumentSource): Promise<string> {
        asked.push(source);
        controller.abort(new Error('User requested stop'));
        return new Promise((_, reject) => source.signal?.addEventListener('abort', () => reject(new Error('too late'))));
      }
    }

    const told = await run(document('noext', 'text/plain'), { documents: new Waiting(), signal: controller.signal });

    expect(asked).toMatchObject([{ bytes: Buffer.from('noext'), extension: null, mimeType: 'text/plain' }]);
    expect(told.end.type).toBe('run_aborted');
  });

  it('should say what is missing where there is no reader', async () => {
    expect((await run(document('a.txt'), { ports: { files: new MemoryFiles() } })).end).toMatchObject({ errorType: 'PortMissingError' });
  });
});
