import { PyFloat } from '#common';
import { importVerdict } from './dsl-version.js';
import { parseDsl } from './parse-dsl.js';
import { writeDsl } from './write-dsl.js';

const app = (mode: string, body: string, version = "version: '0.6.0'"): string =>
  `${version}\nkind: app\napp:\n  name: An app\n  mode: ${mode}\n${body}`;
const graph = 'workflow:\n  graph:\n    nodes: []\n    edges: []\n';
const config = 'model_config:\n  model: {provider: openai, name: gpt-4o, mode: chat, completion_params: {temperature: 1.0}}\n';
const errorOf = (text: string): string | undefined => parseDsl(text).problems.find(({ level }) => level === 'error')?.message;

describe('parseDsl', () => {
  it.each([
    ['workflow', graph],
    ['advanced-chat', graph],
    ['chat', config],
    ['agent-chat', config],
    ['completion', config],
  ])('should read apps of the mode %s', (mode, body) => {
    const { document, problems } = parseDsl(app(mode, body));

    expect(problems).toEqual([]);
    expect(document).toMatchObject({ kind: 'app', mode, version: '0.6.0', name: 'An app' });
  });

  it('should read pipelines', () => {
    const text = `kind: rag_pipeline\nversion: 0.1.0\nrag_pipeline:\n  name: Mine\n${graph}`;

    expect(parseDsl(text).document).toMatchObject({ kind: 'rag_pipeline', mode: 'rag-pipeline', version: '0.1.0', name: 'Mine' });
    expect(parseDsl(text, { kind: 'app' }).problems[0]).toMatchObject({ code: 'MISSING_APP', field: 'app' });
  });

  it('should read JSON, which is YAML', () => {
    expect(
      parseDsl('{"kind": "nope", "app": {"name": "\\ud83e\\udd16", "mode": "workflow"}, "workflow": {"graph": {}}}').document,
    ).toMatchObject({
      kind: 'app',
      version: '0.1.0',
      name: '🤖',
    });
  });

  // Texts as recorded in traces/console/apps-import.json; what to do stands behind them.
  it.each([
    ['just text', /^Invalid YAML format: content must be a mapping$/],
    ['a: [b', /^Invalid YAML format: /],
    ['', /^Invalid YAML format: /],
    [app('workflow', graph, 'version: 6'), /^Invalid version type, expected str, got <class 'int'>\. Put the version in quotes/],
    [app('workflow', graph, 'version: 0.1'), /^Invalid version type, expected str, got <class 'float'>/],
    [app('workflow', graph, 'version: nope'), /^Invalid version: nope/],
    ['kind: app\nversion: 0.6.0\n', /^Missing app data in YAML content/],
    [app('bogus', graph), /^'bogus' is not a valid AppMode: app\.mode is one of workflow, advanced-chat/],
    [app('""', graph), /^loss app mode/],
    [app('workflow', config), /^Missing workflow data for workflow\/advanced chat app/],
    [app('chat', graph), /^Missing model_config for chat\/agent-chat\/completion app/],
  ])('should refuse %j', (text, message) => {
    expect(errorOf(text)).toMatch(message);
    expect(parseDsl(text).document).toBeNull();
  });

  it('should tell everything that is wrong at once', () => {
    expect(parseDsl('version: 1\napp: {name: x}\n').problems.map(({ code }) => code)).toEqual(['INVALID_VERSION', 'INVALID_MODE']);
  });

  it('should warn of keys that stand twice', () => {
    expect(parseDsl(`${app('workflow', graph)}version: 0.5.0\n`)).toMatchObject({
      document: { version: '0.5.0' },
      problems: [{ level: 'warning', code: 'REPEATED_KEY', message: expect.stringContaining('The key version stands twice') as string }],
    });
  });

  it('should write a document that is read as an equal one, unknown keys and floats included', () => {
    const text = `${app('chat', config)}more:\n- {unknown: 1.0, id: 12345678901234567890, text: 'yes'}\n`;
    const { document } = parseDsl(text);

    const again = parseDsl(writeDsl(document!));

    expect(again).toEqual({ document, problems: [] });
    expect(again.document?.content.more).toEqual([{ unknown: new PyFloat(1), id: 12345678901234567890n, text: 'yes' }]);
  });
});

describe('importVerdict', () => {
  it.each([
    ['0.6.0', 'completed'],
    ['0.6', 'completed'],
    ['0.6.0rc1', 'completed'],
    ['0.5.9', 'completed-with-warnings'],
    ['0.1.0', 'completed-with-warnings'],
    ['0.6.1', 'pending'],
    ['0.6.0.post1', 'pending'],
    ['0.7.0', 'pending'],
    ['99.0.0', 'pending'],
  ])('should take %s as %s', (version, verdict) => expect(importVerdict({ version, kind: 'app' })).toBe(verdict));

  it('should know the versions of pipelines', () => {
    expect(importVerdict({ version: '0.1.0', kind: 'rag_pipeline' })).toBe('completed');
    expect(importVerdict({ version: '0.2.0', kind: 'rag_pipeline' })).toBe('pending');
  });
});
