import { PyFloat } from '#common';
import type { GraphDocument } from '../graph/graph-document.js';
import type { GraphProblem } from '../workflow.errors.js';
import { isMapping, mappingAt, mappingsIn } from './content.js';
import { hasGraph, type DslContent, type DslDocument } from './dsl-document.js';
import { readDslVariables, type DslVariable } from './dsl-variables.js';
import { normalFeatures } from './features.js';

/** The workflow of a file, ready to be compiled or stored. */
export interface DslWorkflow {
  readonly graph: GraphDocument;
  readonly features: DslContent;
  readonly environment: readonly DslVariable[];
  readonly conversation: readonly DslVariable[];
  /** Variables of a pipeline's forms, as the file has them. */
  readonly pipeline: readonly DslContent[];
}

/** The workflow of a file; null for modes without a graph. Variables that can't be used are left out and told. */
export function workflowOf({ content, mode }: DslDocument): { workflow: DslWorkflow | null; problems: readonly GraphProblem[] } {
  if (!hasGraph(mode)) return { workflow: null, problems: [] };
  const body = mappingAt(content, 'workflow');
  const environment = readDslVariables(body.environment_variables, 'environment');
  const conversation = readDslVariables(body.conversation_variables, 'conversation');
  return {
    workflow: {
      graph: graphOf(body.graph),
      features: normalFeatures(mappingAt(body, 'features')),
      environment: environment.variables,
      conversation: conversation.variables,
      pipeline: mappingsIn(body.rag_pipeline_variables),
    },
    problems: [...environment.problems, ...conversation.problems],
  };
}

/** The graph as the engine takes it; empty where the file has none. */
function graphOf(raw: unknown): GraphDocument {
  if (!isMapping(raw)) return { nodes: [], edges: [] };
  const nodes = mappingsIn(raw.nodes).map((node) => {
    const { data, ...rest } = node;
    return { ...(plain(rest) as Record<string, unknown>), data: isMapping(data) ? dataOf(data) : {} };
  });
  return {
    ...(plain(raw) as Record<string, unknown>),
    nodes: nodes as unknown as GraphDocument['nodes'],
    edges: mappingsIn(raw.edges).map((edge) => plain(edge)) as GraphDocument['edges'],
  };
}

/** Settings in whose constants `1.0` is another value than `1`: Python prints them differently. */
const CONSTANTS: Readonly<Record<string, string>> = {
  items: 'value',
  loop_variables: 'value',
  default_value: 'value',
  tool_parameters: 'value',
  agent_parameters: 'value',
  variables: 'default',
};

function dataOf(data: DslContent): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, plain(value, CONSTANTS[key])]));
}

/** A value with numbers of JavaScript alone; floats under the key `kept` stay what they are. */
function plain(value: unknown, kept?: string): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof PyFloat) return value.value;
  if (Array.isArray(value)) return value.map((item) => plain(item, kept));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, key === kept ? item : plain(item, kept)]));
}
