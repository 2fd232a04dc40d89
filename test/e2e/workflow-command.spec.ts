import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const cli = join(root, 'scripts/cli.mjs');

const file = `
version: 0.6.0
app: {name: Test, mode: workflow}
workflow:
  graph:
    nodes:
    - {id: start, data: {type: start, title: Start, variables: [{variable: words, type: text-input, required: true}]}}
    - {id: python, data: {type: code, title: Python, code_language: python3, variables: [{variable: words, value_selector: [start, words]}], code: "import json\\ndef main(words):\\n    return {'list': sorted(words.split()), 'half': 1 / 2}", outputs: {list: {type: 'array[string]'}, half: {type: number}}}}
    - {id: page, data: {type: template-transform, title: Page, template: '{{ list }} {{ half }}', variables: [{variable: list, value_selector: [python, list]}, {variable: half, value_selector: [python, half]}]}}
    - {id: llm, data: {type: llm, title: Ask, model: {provider: baya/builtin/builtin, name: echo-1, mode: chat, completion_params: {delay_ms: 0}}, prompt_template: [{role: user, text: '{{#page.output#}}'}], context: {enabled: false}}}
    - {id: end, data: {type: end, title: End, outputs: [{variable: page, value_selector: [page, output]}, {variable: said, value_selector: [llm, text]}]}}
    edges: [{source: start, target: python}, {source: python, target: page}, {source: page, target: llm}, {source: llm, target: end}]
`;

describe('workflow command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baya-workflow-'));
  const dsl = join(folder, 'app.yml');
  const slow = join(folder, 'slow.yml');
  const dataDir = join(folder, 'data');
  const env = { PATH: process.env.PATH ?? '', HOME: folder, DATA_DIR: dataDir };

  beforeAll(() => {
    writeFileSync(dsl, file);
    writeFileSync(slow, file.replace('delay_ms: 0', 'delay_ms: 5000'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function run(args: string[]): Promise<{ code: number; out: string; errors: string }> {
    return new Promise((resolve) => {
      execFile(process.execPath, [cli, 'workflow', ...args], { env, cwd: folder }, (error, out, errors) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, errors });
      });
    });
  }

  it('should run a file with real code, templates and test model, and leave nothing behind', async () => {
    const { code, out, errors } = await run(['run', 'app.yml', '--input', 'words=b a']);

    expect([code, errors]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual({ page: "['a', 'b'] 0.5", said: expect.stringContaining("['a', 'b'] 0.5") as string });
    expect(existsSync(dataDir)).toBe(false);
  });

  it('should tell by its exit code that a file has an error, or that arguments do not fit', async () => {
    writeFileSync(join(folder, 'bad.yml'), file.replace('type: end', 'type: stop'));

    expect(await run(['lint', 'app.yml'])).toMatchObject({ code: 0 });
    expect(await run(['lint', 'app.yml', 'bad.yml'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('has the type stop') as string,
    });
    expect(await run(['run', 'app.yml'])).toMatchObject({ code: 2, errors: expect.stringContaining('words is required') as string });
    expect(await run(['fly', 'app.yml'])).toMatchObject({ code: 2 });
  });

  it('should draw into a file through npm, whose own lines are not in the picture', async () => {
    const target = join(folder, 'graph.svg');
    await new Promise((resolve) =>
      execFile(
        'sh',
        ['-c', `npm run cli -- workflow draw ${dsl} > ${target}`],
        { cwd: root, env: { ...env, HOME: process.env.HOME } },
        resolve,
      ),
    );

    const svg = readFileSync(target, 'utf8');
    if (process.platform === 'linux') expect(svg.startsWith('<svg ')).toBe(true);
    expect(svg).toContain('>Python</text>');
    expect(svg.endsWith('</svg>\n')).toBe(true);
  });

  it('should stop at Ctrl-C and tell so', async () => {
    const child = spawn(process.execPath, [cli, 'workflow', 'run', slow, '--input', 'words=a', '--stream', '--json'], { env, cwd: folder });
    let out = '';
    let isAsked = false;
    child.stdout.on('data', (piece: Buffer) => {
      out += piece.toString();
      // A second signal would end the program at once.
      if (!isAsked && out.includes('"node_id":"llm"')) isAsked = child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.on('close', resolve));

    expect(code).toBe(4);
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({ event: 'workflow_finished', data: { status: 'stopped' } });
  });
});
