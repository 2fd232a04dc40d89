import { PyFloat, isJsonObject } from '#common';
import type { FileEntry } from '#engines/chat';
import { WorkflowEngine } from '../../engine.js';
import { startFormOf } from '../../graph/start-form-of.js';
import { FormFiles } from '../../ports/form-files.port.js';
import { fileValue } from '../../testing/memory-files.js';
import { graphOf } from '../../testing/graph.factory.js';
import { runGraph, testEngine } from '../../testing/workflow.harness.js';
import type { FileValue } from '../../values/file-value.js';
import { StartFormError } from './input-rules.js';
import { StartForm } from './start-form.js';
import { startVariableSchema } from './start-variable.js';

function form(type: string, field: Record<string, unknown> = {}): StartForm {
  return new StartForm([startVariableSchema.parse({ variable: 'v', label: 'v', type, ...field })]);
}

const check = (type: string, value: unknown, field: Record<string, unknown> = {}): unknown => form(type, field).check({ v: value }).v;

/** Finds files by what the entry names: `cat.png` is a picture. */
class NamedFiles extends FormFiles {
  override find(entry: FileEntry): Promise<FileValue> {
    const filename = entry.url ?? entry.uploadFileId ?? '';
    if (filename === 'gone') return Promise.reject(new Error('Invalid upload file'));
    const extension = filename.slice(filename.lastIndexOf('.'));
    const type = entry.type ?? 'image';
    return Promise.resolve(fileValue({ filename, extension, type, transferMethod: entry.transferMethod, mimeType: null }));
  }
}

const image = { type: 'image', transfer_method: 'local_file', upload_file_id: 'cat.png' };
const fill = (type: string, value: unknown, field: Record<string, unknown> = {}, strictTypes = true): Promise<Record<string, unknown>> =>
  form(type, field).fill({ v: value }, { files: new NamedFiles(), strictTypes });

describe('StartForm', () => {
  describe('what fields take', () => {
    it.each<[string, unknown, unknown, Record<string, unknown>]>([
      ['text-input', 'hello', 'hello', { max_length: 5 }],
      ['text-input', '', '', { required: true }],
      ['paragraph', '🌍🌍', '🌍🌍', { max_length: 2 }],
      ['paragraph', 'x'.repeat(1000), 'x'.repeat(1000), { max_length: 0 }],
      ['paragraph', 'a\u0000b', 'ab', {}],
      ['select', 'b', 'b', { options: ['a', 'b'] }],
      ['number', 5, 5, {}],
      ['number', 1.5, 1.5, {}],
      ['number', PyFloat.of(2), PyFloat.of(2), {}],
      ['number', true, true, {}],
      ['number', '7', 7, {}],
      ['number', ' -7 ', -7, {}],
      ['number', '7.0', PyFloat.of(7), {}],
      ['number', '1.5e3', PyFloat.of(1500), {}],
      ['number', '  ', null, {}],
      ['checkbox', true, true, {}],
      ['checkbox', ' YES ', true, {}],
      ['checkbox', 1, true, {}],
      ['checkbox', PyFloat.of(1), true, {}],
      ['checkbox', 'off', false, {}],
      ['checkbox', 0, false, {}],
      ['checkbox', 'maybe', 'maybe', {}],
      ['checkbox', 2, 2, {}],
      ['of-tomorrow', [{ a: 1 }], [{ a: 1 }], {}],
      ['file', image, image, {}],
      ['file', '', null, {}],
      ['file-list', [image, image], [image, image], { max_length: 2 }],
      ['file-list', [], [], {}],
      ['file-list', '', null, {}],
      ['json_object', { a: ['x\u0000', 1.5] }, { a: ['x', 1.5] }, {}],
      ['json_object', { f: PyFloat.of(1) }, { f: PyFloat.of(1) }, {}],
      ['json_object', '', '', {}],
      ['json_object', [], [], {}],
      ['external_data_tool', 'x'.repeat(100), 'x'.repeat(100), { max_length: 5 }],
    ])('should take %s %j as %j', (type, value, expected, field) => {
      expect(check(type, value, field)).toEqual(expected);
    });
  });

  describe('what fields refuse', () => {
    it.each<[string, unknown, string, Record<string, unknown>]>([
      ['text-input', 5, "(type 'text-input') v in input form must be a string", {}],
      ['paragraph', ['x'], "(type 'paragraph') v in input form must be a string", {}],
      ['text-input', { a: 1 }, "(type 'text-input') v in input form must be a string", {}],
      ['text-input', 'abc', 'v in input form must be less than 2 characters', { max_length: 2 }],
      ['select', 'c', "v in input form must be one of the following: ['a', 'b']", { options: ['a', 'b'] }],
      ['select', 5, "(type 'select') v in input form must be a string", { options: ['5'] }],
      ['number', 'x', 'v in input form must be a valid number', {}],
      ['number', '1e5', 'v in input form must be a valid number', {}],
      ['number', '0x10', 'v in input form must be a valid number', {}],
      ['number', '9'.repeat(400), 'v in input form must be a valid number', {}],
      ['number', [1], 'expected value type int, float or str, got list (v)', {}],
      ['number', {}, 'expected value type int, float or str, got dict (v)', {}],
      ['checkbox', { a: 1 }, "Invalid input type for ['v']", {}],
      ['checkbox', [{ a: 1 }], "Invalid input type for ['v']", {}],
      ['file', 'x', 'v in input form must be a file', {}],
      ['file', '', 'v in input form must be a file', { required: true }],
      ['file', [image], 'v in input form must be a file', {}],
      ['file-list', image, 'v in input form must be a list of files', {}],
      ['file-list', [image, 'x'], 'v in input form must be a list of files', {}],
      ['file-list', [image, image], 'v in input form must be less than 1 files', { max_length: 1 }],
      ['json_object', '{"a":1}', 'v in input form must be a dict', {}],
      ['json_object', [1], 'v in input form must be a dict', {}],
      ['external_data_tool', 5, "(type 'external_data_tool') v in input form must be a string", {}],
    ])('should refuse %s %j', (type, value, message, field) => {
      expect(() => check(type, value, field)).toThrow(new StartFormError(message, 'v'));
    });

    it('should refuse what nests too deeply', () => {
      let deep: unknown = {};
      for (let depth = 0; depth < 5000; depth += 1) deep = { deep };

      expect(() => check('json_object', deep)).toThrow('nests deeper than 200 levels');
    });
  });

  describe('what is missing', () => {
    it.each(['text-input', 'select', 'number', 'checkbox', 'file', 'file-list', 'json_object'])(
      'should want a required %s, whatever its default',
      (type) => {
        for (const sent of [{}, { v: null }])
          expect(() => form(type, { required: true, default: 'x' }).check(sent)).toThrow('v is required in input form');
      },
    );

    it.each<[string, unknown, unknown, Record<string, unknown>]>([
      ['text-input', 'preset', 'preset', {}],
      ['text-input', undefined, null, {}],
      ['number', '4', 4, {}],
      ['number', '', null, {}],
      ['select', '', null, { options: ['a'] }],
      ['select', 'a', 'a', { options: ['a'] }],
      ['checkbox', 'true', true, {}],
      ['file', '', null, {}],
    ])('should take the default of an optional %s: %j as %j', (type, preset, expected, field) => {
      expect(form(type, { default: preset, ...field }).check({})).toEqual({ v: expected });
    });

    it('should check a default like any value', () => {
      expect(() => form('select', { default: 'z', options: ['a'] }).check({})).toThrow('one of the following');
    });

    it('should leave out what the form does not have, and find no inherited properties', () => {
      const fields = ['constructor', '__proto__'].map((variable) => startVariableSchema.parse({ variable, type: 'text-input' }));

      const inputs = new StartForm(fields).check({ other: 1 });

      expect(Object.entries(inputs)).toEqual([
        ['constructor', null],
        ['__proto__', null],
      ]);
    });
  });

  describe('files', () => {
    it('should look files up, one and many', async () => {
      expect(await fill('file', image)).toMatchObject({ v: { facts: { filename: 'cat.png', transferMethod: 'local_file' } } });
      const url = { type: 'image', transfer_method: 'remote_url', url: 'https://x.test/dog.png' };
      expect(await fill('file-list', [image, url])).toMatchObject({
        v: [{ facts: { filename: 'cat.png' } }, { facts: { filename: 'https://x.test/dog.png', transferMethod: 'remote_url' } }],
      });
      expect(await fill('file', '')).toEqual({ v: null });
    });

    it('should take one that was looked up already', async () => {
      const file = fileValue();

      expect((await fill('file', file)).v).toBe(file);
    });

    it.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
      ['a URL without one', { type: 'image', transfer_method: 'remote_url' }, {}, 'v in input form must be a file'],
      ['no method', { type: 'image', upload_file_id: 'cat.png' }, {}, 'v in input form must be a file'],
      ['another type than named', { ...image, type: 'video' }, {}, 'v in input form is named as video, but the file is image'],
      ['a type that is not allowed', image, { allowed_file_types: ['document'] }, 'File validation failed for file: cat.png'],
      ['a method that is not allowed', image, { allowed_file_upload_methods: ['remote_url'] }, 'File validation failed for file: cat.png'],
      [
        'an extension that is not allowed',
        { ...image, type: 'custom', upload_file_id: 'a.exe' },
        { allowed_file_types: ['custom'], allowed_file_extensions: ['.bin', 'TXT'] },
        'File validation failed for file: a.exe',
      ],
    ])('should refuse %s', async (_, entry, field, message) => {
      await expect(fill('file', entry, field)).rejects.toThrow(new StartFormError(message, 'v'));
      await expect(fill('file-list', [entry], field)).rejects.toThrow(new StartFormError(message, 'v'));
    });

    it('should let another type than named pass where nobody is strict', async () => {
      expect(await fill('file', { ...image, type: 'video' }, {}, false)).toMatchObject({ v: { facts: { filename: 'cat.png' } } });
    });

    it('should take a custom file of a listed extension', async () => {
      const entry = { ...image, type: 'custom', upload_file_id: 'a.TXT' };

      expect(await fill('file', entry, { allowed_file_types: ['custom'], allowed_file_extensions: ['txt'] })).toMatchObject({
        v: { facts: { type: 'custom' } },
      });
    });

    it('should tell why a file is not there', async () => {
      await expect(fill('file', { ...image, upload_file_id: 'gone' })).rejects.toThrow('Invalid upload file');
    });
  });
});

describe('a run', () => {
  const field = (variable: string, type: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
    variable,
    type,
    ...more,
  });
  const graph = (...variables: Record<string, unknown>[]) =>
    graphOf(
      {
        start: { type: 'start', variables },
        end: { type: 'end', outputs: variables.map(({ variable }) => ({ variable, value_selector: ['start', variable] })) },
      },
      ['start -> end'],
    );
  const all = graph(
    field('t', 'text-input', { max_length: 256 }),
    field('p', 'paragraph', { max_length: 256 }),
    field('s', 'select', { options: ['a', 'b'] }),
    field('n', 'number'),
    field('c', 'checkbox'),
    field('j', 'json_object'),
    field('f', 'file'),
    field('fl', 'file-list', { max_length: 2 }),
  );

  it('should give every field, checked or not by whoever starts it (trace nodes/start-types)', async () => {
    const none = { t: null, p: null, s: null, n: null, c: null, j: null, f: null, fl: null };
    expect((await runGraph(all)).end.outputs).toEqual(none);
    expect((await runGraph(all, { inputs: { n: '7', c: 1 } })).end.outputs).toEqual({ ...none, n: 7, c: true });
    expect((await runGraph(all, { inputs: { c: 'maybe' } })).end.outputs).toEqual({ ...none, c: 'maybe' });
    const told = await runGraph(all, { inputs: { t: 'x', p: 'long', s: 'a', n: 1.5, c: true, j: { a: 1 } } });
    expect(told.end.outputs).toEqual({ ...none, t: 'x', p: 'long', s: 'a', n: 1.5, c: true, j: { a: 1 } });
    expect(told.text).toBe('x\nlong\na\n1.5\nTrue\n{\n  "a": 1\n}\n\n');
  });

  it.each([
    [{ s: 'z' }, "s in input form must be one of the following: ['a', 'b']"],
    [{ n: 'x' }, 'n in input form must be a valid number'],
    [{ j: 'text' }, 'j in input form must be a dict'],
    [{ f: 'text' }, 'f in input form must be a file'],
  ])('should fail at its start for %j', async (inputs, error) => {
    expect((await runGraph(all, { inputs })).end).toMatchObject({ type: 'run_failed', error, errorType: 'ValueError', nodeId: 'start' });
  });

  it('should check JSON against its schema', async () => {
    const document = graph(
      field('j', 'json_object', { json_schema: { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] } }),
    );

    expect((await runGraph(document, { inputs: { j: { a: 1 } } })).end.type).toBe('run_succeeded');
    expect((await runGraph(document, { inputs: { j: {} } })).end.type).toBe('run_succeeded');
    expect((await runGraph(document, { inputs: { j: { a: 'x' } } })).end).toMatchObject({
      type: 'run_failed',
      error: expect.stringMatching(/^JSON object for 'j' does not match schema: /),
    });
  });

  it('should find the form of a graph', async () => {
    const engine: WorkflowEngine = testEngine();
    const found = startFormOf(engine.compile(all));

    expect(found?.fields.map(({ variable }) => variable)).toEqual(['t', 'p', 's', 'n', 'c', 'j', 'f', 'fl']);
    const inputs = await found?.fill({ t: 'x', extra: 1 }, { files: new NamedFiles(), strictTypes: true });
    expect(isJsonObject(inputs) && inputs.t).toBe('x');
    expect(inputs).not.toHaveProperty('extra');
  });
});
