import type { GraphDocument, GraphDocumentNode } from '../graph/graph-document.js';
import { contractCode } from './contract-outside.js';
import { contractRuns } from './contract-runs.js';
import { EchoOutside } from './echo-outside.js';
import { KEY_VARIABLE, type FixtureRun } from './fixture-runs.js';

type Data = GraphDocumentNode['data'];

const KEY = '{{#env.KEY#}}';
const SELECTOR = { variable: 'key', value_selector: ['env', 'KEY'] };
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** How the nodes of the fixtures use the secret beside what they do, by their type. */
const USES: Readonly<Record<string, (data: Data) => Record<string, unknown>>> = {
  answer: ({ answer }) => ({ answer: `${String(answer)} ${KEY}` }),
  end: ({ outputs }) => ({ outputs: [...list(outputs), SELECTOR] }),
  'template-transform': ({ template, variables }) => ({
    template: `${String(template)} {{ key }}`,
    variables: [...list(variables), SELECTOR],
  }),
  llm: ({ prompt_template: prompts }) => ({
    prompt_template: (prompts as { text: string }[]).map((prompt) => ({ ...prompt, text: `${prompt.text} ${KEY}` })),
  }),
  'http-request': () => ({ headers: `X-Key: ${KEY}`, params: `key: ${KEY}` }),
  tool: () => ({
    tool_parameters: { text: { type: 'mixed', value: KEY } },
    tool_configurations: { set: { type: 'mixed', value: KEY } },
  }),
  code: ({ variables }) => ({ variables: [...list(variables), SELECTOR] }),
  loop: ({ loop_variables: variables }) => ({
    loop_variables: [...list(variables), { label: 'key', var_type: 'string', value_type: 'variable', value: ['env', 'KEY'] }],
  }),
};

function withSecret(graph: GraphDocument): GraphDocument {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => ({ ...node, data: { ...node.data, ...USES[String(node.data.type)]?.(node.data) } })),
  };
}

/** The fixtures of contract workflow-engine 13 with a secret in every node that can take one, and everything outside echoing. */
export const secretRuns: readonly FixtureRun[] = contractRuns.map(({ graph, inputs, ...run }) => ({
  ...run,
  graph: withSecret(graph),
  inputs: { ...inputs, environment: [KEY_VARIABLE] },
  ports: (isAnswered, received) => ({ ...new EchoOutside(isAnswered, received).ports(), sandbox: contractCode() }),
}));
