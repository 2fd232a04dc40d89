import { ProcessSandbox } from '#engines/sandbox';
import { toolSays } from '../../testing/call-tool.js';
import { codeProvider } from './code.provider.js';

describe('simple_code', () => {
  let sandbox: ProcessSandbox;

  beforeAll(() => {
    sandbox = new ProcessSandbox({ limits: { timeoutMs: 8000 } });
  });

  afterAll(() => sandbox.close());

  const run = (language: string, code: string): Promise<string> =>
    toolSays(codeProvider, 'simple_code', { given: { language, code }, ports: { sandbox } });

  it.each([
    ['python3', 'import json\nprint(json.dumps({"a": [1, 2.0]}))', '{"a": [1, 2.0]}\n'],
    ['python3', 'def main():\n    print("mine")\n\nmain()', 'mine\n'],
    ['python3', 'if __name__ == "__main__":\n    print("started")', 'started\n'],
    ['javascript', 'console.log(1 + 1)', '2\n'],
    ['javascript', 'function main() { console.log("mine") }\nmain()', 'mine\n'],
    ['javascript', 'const x = await Promise.resolve(3); console.log(x) // three', '3\n'],
    ['python3', 'x = 1', ''],
  ])('should give back what a program in %s prints: %j', async (language, code, printed) => {
    expect(await run(language, code)).toBe(printed);
  });

  it('should tell what went wrong, with the line of the program', async () => {
    await expect(run('python3', 'x = 1\nraise ValueError("no")')).rejects.toMatchObject({
      name: 'ToolInvokeError',
      message: expect.stringMatching(/line 2[\s\S]*ValueError: no/),
    });
    await expect(run('javascript', 'let a = 1\nthrow new Error("no")')).rejects.toThrow(/no/);
  });

  it('should take two languages, and need a sandbox', async () => {
    await expect(run('ruby', 'puts 1')).rejects.toThrow('Only python3 and javascript are supported, not ruby');
    await expect(toolSays(codeProvider, 'simple_code', { given: { language: 'python3', code: 'x' } })).rejects.toThrow(
      'the port `sandbox` is missing',
    );
    await expect(toolSays(codeProvider, 'simple_code', { given: { language: 'python3' }, ports: { sandbox } })).rejects.toThrow(
      'Missing required parameter code',
    );
  });
});
