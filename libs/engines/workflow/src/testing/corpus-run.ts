import type { DslDocument } from '../dsl/dsl-document.js';
import { workflowOf, type DslWorkflow } from '../dsl/dsl-workflow.js';
import { parseDsl } from '../dsl/parse-dsl.js';
import { NodeRegistry } from '../nodes/node-registry.js';
import { nodeTypes } from '../nodes/node-types.js';
import type { StartVariable } from '../nodes/start/start-variable.js';
import type { RunInputs } from '../pool/initial-pool.js';
import type { WorkflowPorts } from '../ports/workflow-ports.js';
import type { RunEnded, WorkflowEvent } from '../run/events.js';
import { WorkflowEngine } from '../engine.js';
import { startFormOf } from '../graph/start-form-of.js';
import { MemoryForms } from './memory-forms.js';
import { fileValue, MemoryFiles } from './memory-files.js';
import { MockHttp } from './mock-http.js';
import { MOCK_TEXT, mockModels } from './mock-models.js';
import { DeclaredOutputs, OneSentence, OneText } from './mock-outside.js';
import { ScriptedAgents, textMessages } from './scripted-agents.js';
import { ScriptedTools } from './scripted-tools.js';
import { testFacts, testPorts } from './workflow.harness.js';

/** A run that has not ended after so many milliseconds hangs. */
const PATIENCE = 20_000;
const RUN_ENDS = new Set<string>(['run_succeeded', 'run_partially_succeeded', 'run_failed', 'run_aborted', 'run_paused']);

/** How the nodes of a type fared in all runs. */
export interface TypeTally {
  /** Files that have a node of the type. */
  files: number;
  nodes: number;
  /** Executions that ended, by how. */
  succeeded: number;
  failed: number;
  /** Why executions failed, each reason once. */
  reasons: Set<string>;
}

/** What became of a file, in one of its runs. */
export interface FileOutcome {
  name: string;
  variant: number;
  /** Null when the run hung. */
  end: RunEnded['type'] | null;
  /** Types of nodes that are not there; the file is then not run. */
  missingTypes: readonly string[];
  error: string | null;
}

/** What became of all files. */
export interface CorpusReport {
  files: FileOutcome[];
  types: Map<string, TypeTally>;
}

/** Runs of a file: other options are chosen, other classes, other turns of the conversation, so that other branches are taken. */
const VARIANTS = [0, 1, 2, 3, 4];

/** Runs files to their ends, everything outside mocked (contract workflow-engine 13). */
export async function runCorpus(files: readonly { name: string; text: string }[]): Promise<CorpusReport> {
  const report: CorpusReport = { files: [], types: new Map() };
  for (const { name, text } of files) {
    const { document } = parseDsl(text);
    const workflow = document === null ? null : workflowOf(document).workflow;
    if (document === null || workflow === null) continue;
    const missingTypes = survey(workflow, report.types);
    for (const variant of VARIANTS)
      report.files.push(
        missingTypes.length > 0
          ? { name, variant, end: null, missingTypes, error: null }
          : { name, variant, missingTypes, ...(await runFile({ document, workflow, variant }, report.types)) },
      );
  }
  return report;
}

/** Counts the nodes of a file; tells the types that are not there. */
function survey(workflow: DslWorkflow, types: CorpusReport['types']): string[] {
  const registry = new NodeRegistry(nodeTypes);
  const nodes = workflow.graph.nodes.filter(({ type }) => type !== 'custom-note');
  const typesHere = nodes.map(({ data }) => String(data.type));
  for (const type of new Set(typesHere)) tallyOf(types, type).files += 1;
  for (const type of typesHere) tallyOf(types, type).nodes += 1;
  return [...new Set(nodes.filter(({ data }) => registry.find(data) === undefined).map(({ data }) => String(data.type)))];
}

/** A file and one of its runs. */
export interface Case {
  document: DslDocument;
  workflow: DslWorkflow;
  variant: number;
}

async function runFile({ document, workflow, variant }: Case, types: CorpusReport['types']): Promise<Pick<FileOutcome, 'end' | 'error'>> {
  const { events, end } = await runMocked({ document, workflow, variant });
  for (const event of events) tally(event, types);
  return { end: end?.type ?? null, error: end?.type === 'run_failed' ? end.error : null };
}

/** One run with everything outside mocked; without an end when it hangs. */
export async function runMocked({ document, workflow, variant }: Case): Promise<{ events: WorkflowEvent[]; end: RunEnded | undefined }> {
  const engine = new WorkflowEngine({ registry: new NodeRegistry(nodeTypes) });
  const graph = engine.compile(workflow.graph);
  const inputs = inputsFor({ document, workflow, variant }, startFormOf(graph)?.fields ?? []);
  const facts = { ...testFacts, conversationId: document.mode === 'advanced-chat' ? 'conversation' : null };
  const events: WorkflowEvent[] = [];
  const run = (async () => {
    for await (const event of engine.run(graph, inputs, mockedPorts(workflow, variant), { facts })) events.push(event);
  })();
  await Promise.race([run, new Promise((resolve) => setTimeout(resolve, PATIENCE).unref())]);
  return { events, end: events.findLast((event): event is RunEnded => RUN_ENDS.has(event.type)) };
}

function tallyOf(types: CorpusReport['types'], type: string): TypeTally {
  const known = types.get(type) ?? { files: 0, nodes: 0, succeeded: 0, failed: 0, reasons: new Set() };
  types.set(type, known);
  return known;
}

function tally(event: WorkflowEvent, types: CorpusReport['types']): void {
  if (event.type !== 'node_finished') return;
  const known = tallyOf(types, event.nodeType);
  if (event.status === 'succeeded') known.succeeded += 1;
  else {
    known.failed += 1;
    known.reasons.add(event.error ?? '');
  }
}

/** Everything outside, mocked. */
function mockedPorts({ graph }: DslWorkflow, variant: number): WorkflowPorts {
  return testPorts({
    models: mockModels(({ request: { messages } }) => {
      // A classifier is asked with the ids of its classes, and answers with one.
      const classes = [...JSON.stringify(messages.at(-1)?.content ?? '').matchAll(/category_id\W+([\w-]+)/g)].map(([, id]) => id);
      return classes.length > 0 ? JSON.stringify({ category_id: classes[variant % classes.length] }) : MOCK_TEXT;
    }),
    files: new MemoryFiles(),
    documents: new OneText(),
    http: new MockHttp({ headers: { 'content-type': 'text/plain' }, body: 'mocked response' }),
    retriever: new OneSentence(),
    forms: new MemoryForms(),
    tools: new ScriptedTools([
      { type: 'text', text: 'mocked tool output' },
      { type: 'json', json: { result: 'mocked tool output' } },
    ]),
    agents: new ScriptedAgents(textMessages('mocked ', 'agent'), { parameters: [] }),
    sandbox: new DeclaredOutputs(graph, variant),
  });
}

function inputsFor({ document: { mode }, workflow, variant }: Case, fields: readonly StartVariable[]): RunInputs {
  const { environment, conversation } = workflow;
  const { userId: user_id, appId: app_id, workflowId: workflow_id, runId: workflow_run_id } = testFacts;
  const chat = mode === 'advanced-chat' ? { query: 'hello', conversation_id: 'conversation', dialogue_count: variant } : {};
  return {
    inputs: Object.fromEntries(fields.map((field) => [field.variable, valueFor(field, variant)])),
    system: { user_id, app_id, workflow_id, workflow_run_id, files: [], ...chat },
    environment,
    conversation,
  };
}

function valueFor({ type, options }: StartVariable, variant: number): unknown {
  switch (type) {
    case 'select':
      return options[variant % options.length] ?? '';
    case 'number':
      return variant;
    case 'checkbox':
      return variant % 2 === 0;
    case 'json_object':
      return {};
    case 'file':
      return fileValue();
    case 'file-list':
      return [fileValue()];
    default:
      return 'hello';
  }
}

/** The report as two Markdown tables: types of nodes, and files that did not succeed. */
export function corpusTable({ files, types }: CorpusReport): string {
  const rows = [...types].sort(([, a], [, b]) => b.files - a.files);
  const text = (value: string): string => value.replace(/\s+/g, ' ').replaceAll('|', '\\|').slice(0, 120);
  return [
    '| type | files | nodes | executions that succeeded | failed | why |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(
      ([type, { files: count, nodes, succeeded, failed, reasons }]) =>
        `| ${type} | ${[count, nodes, succeeded, failed].join(' | ')} | ${[...reasons].map(text).join('; ')} |`,
    ),
    '',
    '| file | run | end | why |',
    '| --- | --- | --- | --- |',
    ...files
      .filter(({ end }) => end !== 'run_succeeded')
      .map(({ name, variant, end, missingTypes, error }) => {
        const why = missingTypes.length > 0 ? `no ${missingTypes.join(', ')}` : text(error ?? '');
        return `| ${name} | ${variant} | ${end ?? (missingTypes.length > 0 ? 'not run' : 'hangs')} | ${why} |`;
      }),
    '',
    `${new Set(files.map(({ name }) => name)).size} files, ${files.length} runs, ${files.filter(({ end }) => end === 'run_succeeded').length} succeeded`,
  ].join('\n');
}
