import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowEngine } from './engine.js';
import { NodeRegistry } from './nodes/node-registry.js';
import { nodeTypes } from './nodes/node-types.js';

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

describe('the README', () => {
  it('should run a graph in a few lines', async () => {
    let answer = '';

    // The example:
    const engine = new WorkflowEngine({ registry: new NodeRegistry(nodeTypes) });
    const nodes = [
      { id: 'start', data: { type: 'start', variables: [{ variable: 'name', type: 'text-input' }] } },
      { id: 'answer', data: { type: 'answer', answer: 'Hello, {{#start.name#}}!' } },
    ];
    const graph = engine.compile({ nodes, edges: [{ source: 'start', target: 'answer' }] });
    const ports = { clock: Date, newId: () => randomUUID(), sleep: (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }) };
    const ids = { tenantId: 't', appId: 'a', workflowId: 'w', runId: 'r', userId: 'u' };
    const facts = { ...ids, invokeFrom: 'script', conversationId: null, callDepth: 0 };
    for await (const event of engine.run(graph, { inputs: { name: 'Ada' }, system: {} }, ports, { facts })) {
      if (event.type === 'chunk') answer += event.text;
    }
    // Its end.

    expect(answer).toBe('Hello, Ada!');
  });

  it('should show the example that runs here', () => {
    const [, shown = ''] = /```ts\n(.*?)```/s.exec(readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')) ?? [];
    const [, run = ''] = /\/\/ The example:\n(.*?)\/\/ Its end\./s.exec(readFileSync(import.meta.filename, 'utf8')) ?? [];

    expect(lines(shown)).toEqual(lines(run));
    expect(lines(run)).not.toEqual([]);
  });
});
