import { CodeFailure, CodeSandbox, type CodeRequest, type CodeResult } from '#engines/sandbox';
import type { Json } from '#common';
import { graphOf } from '../../testing/graph.factory.js';
import { runGraph, type Told } from '../../testing/workflow.harness.js';

/** Answers every run with the JSON given, and remembers what it was asked. */
class FixedSandbox extends CodeSandbox {
  readonly isRepeatable = true;
  asked: CodeRequest | undefined;

  constructor(private readonly json: string | CodeFailure) {
    super();
  }

  async run(request: CodeRequest): Promise<CodeResult> {
    this.asked = request;
    if (typeof this.json !== 'string') throw this.json;
    return { json: this.json, value: JSON.parse(this.json) as Json, stdout: '' };
  }

  async close(): Promise<void> {
    // Nothing to end.
  }
}

function run(sandbox: CodeSandbox | undefined, outputs: Record<string, unknown>): Promise<Told> {
  const graph = graphOf(
    {
      start: { type: 'start' },
      code: {
        type: 'code',
        code_language: 'python3',
        code: 'def main(q): ...',
        variables: [
          { variable: 'q', value_selector: ['sys', 'q'] },
          { variable: 'missing', value_selector: ['sys', 'nothing'] },
        ],
        outputs,
      },
      end: { type: 'end', outputs: Object.keys(outputs).map((name) => ({ variable: name, value_selector: ['code', name] })) },
    },
    ['start -> code -> end'],
  );
  return runGraph(graph, { ports: { sandbox }, run: { system: { q: 'abc' } } });
}

describe('code', () => {
  it('should hand in its variables and put out what was declared', async () => {
    const sandbox = new FixedSandbox('{"s": "ABC", "n": 3, "f": 1.0, "b": true, "o": {"k": [1, 2]}, "l": ["a"]}');
    const told = await run(sandbox, {
      s: { type: 'string', children: null },
      n: { type: 'number' },
      f: { type: 'number' },
      b: { type: 'boolean' },
      o: { type: 'object' },
      l: { type: 'array[string]' },
    });
    expect(sandbox.asked).toMatchObject({ language: 'python3', inputs: { q: 'abc', missing: null } });
    expect(JSON.parse(JSON.stringify(told.end.outputs))).toEqual({ s: 'ABC', n: 3, f: 1, b: true, o: { k: [1, 2] }, l: ['a'] });
  });

  it.each([
    ['{}', { s: { type: 'string' } }, 'Output s is missing.', 'OutputValidationError'],
    ['{"s": 1}', { s: { type: 'string' } }, 'Output s must be a string, got int instead', 'OutputValidationError'],
    ['{"n": "x"}', { n: { type: 'number' } }, 'Output n is not a number, got str instead.', 'OutputValidationError'],
    ['{"l": 1.0}', { l: { type: 'array[string]' } }, 'Output l is not an array, got float instead.', 'OutputValidationError'],
    ['{"o": []}', { o: { type: 'object' } }, 'Output o is not an object, got list instead.', 'OutputValidationError'],
    ['{"s": "", "t": 1}', { s: { type: 'string' } }, 'Not all output parameters are validated.', 'CodeNodeError'],
    [
      '{"o": {"a": {"b": {"c": {"d": {"e": {}}}}}}}',
      { o: { type: 'object' } },
      'Depth limit 5 reached, object too deep.',
      'DepthLimitError',
    ],
    ['[1]', {}, 'The code must return a map of its outputs.', 'CodeExecutionError'],
  ])('should refuse %s', async (json, outputs, error, errorType) => {
    expect((await run(new FixedSandbox(json), outputs)).end).toMatchObject({ type: 'run_failed', error, errorType });
  });

  it('should tell what the code threw, and that there is no sandbox', async () => {
    const thrown = new CodeFailure({ reason: 'exception', message: 'Traceback: ValueError: boom' });
    expect((await run(new FixedSandbox(thrown), {})).end).toMatchObject({
      error: 'Traceback: ValueError: boom',
      errorType: 'CodeExecutionError',
    });
    expect((await run(undefined, {})).end).toMatchObject({ error: 'There is no code sandbox here.' });
  });
});
