import { isUuid } from '#common';
import { compileGraph } from '../graph/compile-graph.js';
import type { CompiledGraph } from '../graph/compiled-graph.js';
import type { NodeRegistry } from '../nodes/node-registry.js';
import { CONVERSATION_NODE, ENVIRONMENT_NODE } from '../pool/selector.js';
import type { GraphProblem } from '../workflow.errors.js';
import { mappingAt, nodesOf, textIn, type ContentNode } from './content.js';
import { dependenciesOf } from './dependencies.js';
import { hasGraph, type DslDocument, type DslMode } from './dsl-document.js';
import { workflowOf, type DslWorkflow } from './dsl-workflow.js';

/** Nodes that only one mode of app shows anything of. */
const MISPLACED: Readonly<Partial<Record<DslMode, Readonly<Record<string, string>>>>> = {
  workflow: { answer: 'Its text is streamed, but a workflow answers with what its end nodes name: use an end node.' },
  'advanced-chat': { end: 'A chatflow answers with its answer nodes: use one of them.' },
};
const TRIGGER = 'trigger-';

/**
 * Everything that is wrong or odd with a document: `error`: a run fails at its start, or the import loses something; `warning`: it runs, but probably not as
 * meant. `field` is a path in the node's `data` where `nodeId` is set, else in the file.
 */
export function checkDsl(document: DslDocument, registry: NodeRegistry): GraphProblem[] {
  const { problems: dependencyProblems } = dependenciesOf(document);
  if (!hasGraph(document.mode)) return [...dependencyProblems, ...checkModelConfig(document)];
  const { workflow, problems } = workflowOf(document);
  if (workflow === null) return [...dependencyProblems, ...problems];
  const nodes = nodesOf(document.content);
  const graph = mappingAt(mappingAt(document.content, 'workflow'), 'graph');
  const compiled = compileGraph(workflow.graph, { registry });
  return [
    ...dependencyProblems,
    ...problems,
    ...(['nodes', 'edges'] as const).flatMap((key) => (Array.isArray(graph[key]) ? [] : [missingList(key)])),
    ...compiled.problems,
    ...checkStarts(nodes),
    ...nodes.flatMap((node) => checkNode(node, document.mode)),
    ...checkVariables(compiled, workflow),
  ];
}

function missingList(key: string): GraphProblem {
  return { level: 'error', code: 'INVALID_GRAPH', message: `The graph has no list of ${key}.`, field: `workflow.graph.${key}` };
}

function checkModelConfig({ content }: DslDocument): GraphProblem[] {
  const model = mappingAt(mappingAt(content, 'model_config'), 'model');
  return (['provider', 'name'] as const).flatMap((key) =>
    textIn(model[key]) === undefined
      ? [
          {
            level: 'warning' as const,
            code: 'MODEL_NOT_CHOSEN',
            message: `No ${key} of a model is set: choose a model before the app is used.`,
            field: `model_config.model.${key}`,
          },
        ]
      : [],
  );
}

/** A start node waits for a person, a trigger for an event (contract workflow-engine 1.7). */
function checkStarts(nodes: readonly ContentNode[]): GraphProblem[] {
  const start = nodes.find(({ type }) => type === 'start');
  const trigger = nodes.find(({ type }) => type.startsWith(TRIGGER));
  if (start === undefined || trigger === undefined) return [];
  return [
    of(trigger, 'error', 'START_AND_TRIGGER', 'A graph begins with a start node or with triggers, not with both: remove one.', 'type'),
  ];
}

function checkNode(node: ContentNode, mode: DslMode): GraphProblem[] {
  const { type, data } = node;
  const problems: GraphProblem[] = [];
  const misplaced = MISPLACED[mode] ?? {};
  if (Object.hasOwn(misplaced, type)) problems.push(of(node, 'warning', 'MISPLACED_NODE', misplaced[type] as string, 'type'));
  if (type === 'knowledge-retrieval') problems.push(...checkDatasets(node));
  if (type === 'tool' && textIn(data.tool_name) === undefined)
    problems.push(of(node, 'error', 'TOOL_NOT_CHOSEN', 'No tool is chosen: set tool_name.', 'tool_name'));
  return problems;
}

function checkDatasets(node: ContentNode): GraphProblem[] {
  const ids: readonly unknown[] = Array.isArray(node.data.dataset_ids) ? node.data.dataset_ids : [];
  if (ids.length === 0) return [of(node, 'warning', 'NO_DATASET', 'No knowledge base is chosen: nothing is found.', 'dataset_ids')];
  return ids.flatMap((id, index) =>
    typeof id === 'string' && isUuid(id)
      ? []
      : [
          of(
            node,
            'warning',
            'FOREIGN_DATASET',
            'This knowledge base can be read by the workspace it was exported from alone: choose one of yours.',
            `dataset_ids.${String(index)}`,
          ),
        ],
  );
}

/** Variables that nodes read and nobody declares. */
function checkVariables(compiled: CompiledGraph, { environment, conversation }: DslWorkflow): GraphProblem[] {
  const declared = new Map([
    [ENVIRONMENT_NODE, new Set(environment.map(({ name }) => name))],
    [CONVERSATION_NODE, new Set(conversation.map(({ name }) => name))],
  ]);
  const nodes = new Map(
    [compiled.main, ...compiled.inner.values()].flatMap((graph) => graph.nodes.map((node) => [node.id, node] as const)),
  );
  return [...nodes.values()].flatMap((node) => {
    const selectors = [...Object.values(node.compiled.reads), ...(node.compiled.writes ?? [])];
    const missing = selectors.filter(([scope = '', name = '']) => declared.get(scope)?.has(name) === false);
    return [...new Set(missing.map((selector) => selector.slice(0, 2).join('.')))].map((name) =>
      of(node, 'warning', 'UNKNOWN_VARIABLE', `It uses the variable ${name}, which the file does not declare.`),
    );
  });
}

function of(
  node: { readonly id: string; readonly title: string },
  level: GraphProblem['level'],
  code: string,
  text: string,
  field?: string,
): GraphProblem {
  const name = node.title === '' ? node.id : `"${node.title}" (${node.id})`;
  const place = field === undefined ? '' : `, field ${field}`;
  return {
    level,
    code,
    message: `Node ${name}${place}: ${text}`,
    nodeId: node.id,
    nodeTitle: node.title,
    ...(field === undefined ? {} : { field }),
  };
}
