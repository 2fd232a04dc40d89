import fc from 'fast-check';
import { drawGraph } from '../drawing/draw-graph.js';
import { NodeRegistry } from '../nodes/node-registry.js';
import { nodeTypes } from '../nodes/node-types.js';
import { dslWith } from '../testing/dsl.factory.js';
import { checkDsl } from './check-dsl.js';
import { dependenciesOf } from './dependencies.js';
import type { DslContent, DslDocument } from './dsl-document.js';
import { workflowOf } from './dsl-workflow.js';
import { migrateDsl } from './migrate/migrate-dsl.js';
import { documentOf, parseDsl } from './parse-dsl.js';
import { redactDsl } from './redact-dsl.js';
import { writeDsl } from './write-dsl.js';
import { readYaml } from './yaml/read-yaml.js';
import { writeYaml } from './yaml/write-yaml.js';

const registry = new NodeRegistry(nodeTypes);
const model = { provider: 'openai', name: 'gpt-4o', mode: 'chat', completion_params: { temperature: 0.5 } };

/** A document with a node of every type, and everything a document may have. */
function everything(): DslContent {
  const special: Record<string, Record<string, unknown>> = {
    start: { variables: [{ variable: 'q', type: 'text-input' }] },
    'if-else': { cases: [{ case_id: 'a', conditions: [{ variable_selector: ['start', 'q'], comparison_operator: 'is', value: 'x' }] }] },
    llm: { model, memory: {}, vision: { configs: null }, prompt_template: [{ role: 'user', text: 'hi' }], context: { enabled: false } },
    'http-request': { method: 'get', url: 'http://a', body: { type: 'json', data: 'x' }, authorization: { type: 'no-auth' } },
    tool: { provider_id: 'jina', provider_type: 'builtin', tool_name: 't', tool_parameters: { a: null }, credential_id: 'c' },
    agent: { agent_parameters: { model: { value: model }, tools: { value: [{ credential_id: 'c' }] } } },
    'knowledge-retrieval': { dataset_ids: ['x'], multiple_retrieval_config: { reranking_model: { provider: 'cohere' } } },
    iteration: { start_node_id: 'code', iterator_selector: ['a', 'b'], output_selector: ['code', 'x'] },
    end: { outputs: [{ variable: 'o', value_selector: ['llm', 'text'], value_type: 'String' }] },
    'human-input': { user_actions: [{ id: 'ok', title: 'OK' }] },
    'question-classifier': { model, classes: [{ id: '1', name: 'x' }] },
    'parameter-extractor': { model, parameters: [{ name: 'p', type: 'bool' }] },
  };
  const types = [
    ...new Set([...registry.types.map(({ type }) => type), 'trigger-schedule', 'trigger-webhook', 'trigger-plugin', 'variable-assigner']),
  ];
  const nodes = Object.fromEntries(types.map((type) => [type, { type, ...special[type] }]));
  const edges = types.slice(1).map((type, index) => `${types[index] ?? ''} -> ${type}`);
  return dslWith(nodes, edges, {
    version: '0.1.4',
    workflow: {
      features: { file_upload: { image: { enabled: true } } },
      environment_variables: [{ name: 'k', value_type: 'secret', value: 's' }],
      conversation_variables: [{ name: 'c', value_type: 'number', value: 1 }],
    },
    dependencies: [{ type: 'package', value: { plugin_unique_identifier: 'a/b' } }],
  }).content;
}

/** Every place of a value, as the keys that lead to it. */
function placesOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([key, item]) => placesOf(item, [...path, key]))];
}

function put(content: DslContent, path: readonly string[], junk: unknown): DslContent {
  const copy = structuredClone(content);
  let at: Record<string, unknown> = copy;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  const last = path.at(-1);
  if (last !== undefined) at[last] = junk;
  return copy;
}

/** Everything that is done with a document. */
function handle(content: DslContent): void {
  const { document } = documentOf(content);
  if (document === null) return;
  for (const { level, code, message } of checkDsl(document, registry)) expect([level, code, message]).not.toContain('');
  dependenciesOf(document);
  const migrated = migrateDsl(document).document;
  expect(migrateDsl(migrated).changes).toEqual([]);
  redactDsl(document);
  const { workflow } = workflowOf(document);
  if (workflow !== null) expect(drawGraph(workflow.graph)).toContain('</svg>');
}

/** A document is read as it was written. */
function writeAgain(content: DslContent): void {
  const { document } = documentOf(content);
  if (document === null) return;
  const written = writeDsl(document);
  expect(writeDsl(parseDsl(written).document as DslDocument)).toBe(written);
}

describe('hostile DSL files', () => {
  it('should take a value of any kind at any place without a crash', () => {
    const content = everything();
    const junk = [null, true, 0, -1, '', 'x', [], {}, [null], [[]], [{}], { id: 5 }, { x: null }];

    placesOf(content).forEach((path, index) => {
      handle(put(content, path, junk[index % junk.length]));
    });
  });

  it('should take names that every object of JavaScript has for names like any other', () => {
    const content = everything();

    const names = ['constructor', '__proto__', 'toString'];

    placesOf(content).forEach((path, index) => {
      const name = names[index % names.length] as string;
      handle(put(content, path, path.at(-1)?.endsWith('selector') ? [name, name] : name));
    });
  });

  it('should survive two such values at once', () => {
    const content = everything();
    const place = fc.constantFrom(...placesOf(content));
    fc.assert(
      fc.property(place, fc.jsonValue(), place, fc.jsonValue(), (a, x, b, y) => {
        const first = put(content, a, x);
        // The first value may have taken the second place away.
        let second: DslContent;
        try {
          second = put(first, b, y);
        } catch {
          return;
        }
        handle(second);
        writeAgain(second);
      }),
      { numRuns: 100 },
    );
  });

  it('should tell, never throw, what is wrong with any text', () => {
    const piece = fc.constantFrom(
      'a',
      ': ',
      '\n',
      '- ',
      '  ',
      '{',
      '}',
      '[',
      ']',
      '&x ',
      '*x',
      '!!str ',
      '"',
      "'",
      '|',
      '>',
      '#',
      '? ',
      '---\n',
      '%',
      '\t',
      '1.0',
      '<<',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          const { document, problems } = parseDsl(text);
          if (document === null) expect(problems.some(({ level }) => level === 'error')).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('should read what it writes, whatever it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' })), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as Record<string, never>;
        const read = readYaml(writeYaml(plain)).value;
        const asNumber = (_: string, item: unknown): unknown => (typeof item === 'bigint' ? Number(item) : item);
        expect(JSON.parse(JSON.stringify(read, asNumber))).toEqual(plain);
      }),
      { numRuns: 500 },
    );
  });
});
