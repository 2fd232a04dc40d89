import { setTimeout as wait } from 'node:timers/promises';
import { NIL_UUID, systemClock, uuidv7 } from '#common';
import { ProcessDocumentReader } from '#engines/knowledge';
import { StandardModelRuntime } from '#engines/model-runtime';
import {
  CommandChannel,
  NodeRegistry,
  nodeTypes,
  StartFormError,
  startFormOf,
  STOPPED_BY_USER,
  WireEvents,
  WorkflowEngine,
  workflowOf,
  type CompiledGraph,
  type DeclaredVariable,
  type DslDocument,
  type DslWorkflow,
  type RunEnded,
  type RunFacts,
  type RunInputs,
  type WireFacts,
  type WorkflowPorts,
} from '#engines/workflow';
import {
  DocumentsConfig,
  EgressConfig,
  type LoadedConfig,
  loadConfig,
  ModelsConfig,
  SandboxConfig,
  WorkflowConfig,
} from '#platform/config';
import { OutboundHttp } from '#platform/http';
import { UsageError } from '../command.js';
import { CliFiles } from './cli-files.js';
import { CliModels } from './cli-models.js';
import { CliTools } from './cli-tools.js';
import { GuardedHttp } from './guarded-http.js';
import { NO_MODELS_FILE, readModelsFile, type ModelsFile } from './models-file.js';
import { problemLine, printable, readDslFile } from './read-dsl-file.js';
import { openSandbox } from './open-sandbox.js';
import { parseRunArguments, type RunArguments } from './run-arguments.js';
import { limitsOf } from './run-limits.js';
import { readInputs, type GivenInputs } from './run-inputs.js';
import { blockingJson, jsonLines, readableEnd, readableStream, type RunReport } from './run-report.js';
import { ScriptedAgents } from './scripted-agents.js';
import { ScriptedForms } from './scripted-forms.js';
import { ScriptedRetriever } from './scripted-retriever.js';

const USER = 'cli';
const EXIT_CODES: Readonly<Record<RunEnded['type'], number>> = {
  run_succeeded: 0,
  run_failed: 1,
  run_partially_succeeded: 3,
  run_aborted: 4,
  run_paused: 5,
};

/** Runs a DSL file to its end, or to a pause, and resolves to the exit code of its status. */
export async function runWorkflow(args: readonly string[]): Promise<number> {
  const asked = parseRunArguments(args);
  const { document, problems } = await readDslFile(asked.file);
  const { workflow, problems: variableProblems } = document === null ? { workflow: null, problems: [] } : workflowOf(document);
  for (const problem of [...problems, ...variableProblems]) if (problem.level === 'error') console.error(problemLine(asked.file, problem));
  if (document === null) return 1;
  if (workflow === null) {
    console.error(`${asked.file}: an app of the mode ${document.mode} has no graph; it needs a server.`);
    return 1;
  }
  const file = asked.models === null ? NO_MODELS_FILE : await readModelsFile(asked.models);
  const engine = new WorkflowEngine({ registry: new NodeRegistry(nodeTypes) });
  const graph = engine.compile(workflow.graph);
  const config = loadConfig();
  const outside = openOutside(config, file);
  try {
    const given = await readInputs(startFormOf(graph), asked, (place) => outside.files.open(place));
    return await execute({ engine, graph, document, workflow, file, given, asked, config }, outside.ports);
  } catch (error) {
    throw error instanceof StartFormError ? new UsageError(error.message) : error;
  } finally {
    await outside.close();
  }
}

interface Work {
  engine: WorkflowEngine;
  graph: CompiledGraph;
  document: DslDocument;
  workflow: DslWorkflow;
  file: ModelsFile;
  given: GivenInputs;
  asked: RunArguments;
  config: LoadedConfig;
}

async function execute({ engine, graph, document, workflow, file, given, asked, config }: Work, ports: WorkflowPorts): Promise<number> {
  const facts = factsOf(document);
  const inputs = inputsOf(document, workflow, file, given, facts);
  const limits = limitsOf(config.get(WorkflowConfig));
  const commands = new CommandChannel();
  const release = stopOnSignals(commands);
  const report = reportFor(asked);
  try {
    const wire = new WireEvents(wireFacts(document, facts, inputs));
    let end: RunEnded['type'] = 'run_failed';
    for await (const event of engine.run(graph, inputs, ports, { facts, commands, limits })) {
      for (const frame of wire.of(event)) report.tell(frame);
      if (event.type === 'run_failed' || event.type === 'run_aborted') explain(event);
      if (event.type in EXIT_CODES) end = event.type as RunEnded['type'];
    }
    report.end();
    return EXIT_CODES[end];
  } finally {
    release();
  }
}

function explain(event: RunEnded & { type: 'run_failed' | 'run_aborted' }): void {
  console.error(printable(event.type === 'run_failed' ? `The run failed: ${event.error}` : event.reason));
}

function reportFor({ streams, asJson }: RunArguments): RunReport {
  const print = (text: string): void => void process.stdout.write(text);
  if (asJson) return streams ? jsonLines(print) : blockingJson(print);
  return streams ? readableStream(print) : readableEnd(print);
}

/** The first Ctrl-C stops the run and tells of its end; the second one ends the program. */
function stopOnSignals(commands: CommandChannel): () => void {
  const stop = (): void => {
    commands.send({ type: 'stop', reason: STOPPED_BY_USER });
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return () => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  };
}

/** Everything a run reaches outside for, and how to close it. */
function openOutside(config: LoadedConfig, file: ModelsFile): { ports: WorkflowPorts; files: CliFiles; close(): Promise<void> } {
  const http = new OutboundHttp(config.get(EgressConfig));
  const { answerTimeoutMs: headersMs, stallTimeoutMs: bodyMs } = config.get(ModelsConfig);
  const runtime = new StandardModelRuntime({ http: http.transport('model'), timeouts: { headersMs, bodyMs } });
  const sandbox = openSandbox(config.get(SandboxConfig), http.transport('model'));
  const { processes: maxProcesses, timeoutSeconds, memoryMegabytes: memoryMb } = config.get(DocumentsConfig);
  const documents = new ProcessDocumentReader({ maxProcesses, timeoutSeconds, memoryMb });
  const requests = new GuardedHttp(config.get(EgressConfig));
  const files = new CliFiles(http);
  const ports: WorkflowPorts = {
    clock: systemClock,
    newId: () => uuidv7(),
    sleep: (ms, signal) => wait(ms, undefined, { signal }),
    models: new CliModels(runtime, file, (text) => console.error(text)),
    files,
    documents,
    http: requests,
    tools: new CliTools({ script: file.tools, clock: systemClock, sandbox, files, http, tenantId: NIL_UUID }),
    forms: new ScriptedForms(file.forms),
    retriever: new ScriptedRetriever(file.retrieval),
    agents: new ScriptedAgents(file.agents),
    sandbox,
  };
  return {
    ports,
    files,
    close: async () => {
      await Promise.all([sandbox.close(), documents.close(), requests.close(), http.onApplicationShutdown()]);
    },
  };
}

function factsOf({ mode }: DslDocument): RunFacts {
  return {
    tenantId: NIL_UUID,
    appId: NIL_UUID,
    workflowId: NIL_UUID,
    runId: uuidv7(),
    userId: USER,
    invokeFrom: 'cli',
    conversationId: mode === 'advanced-chat' ? uuidv7() : null,
    callDepth: 0,
  };
}

/** System variables as the mode has them (contract workflow-engine 3.5). */
function inputsOf(
  { mode }: DslDocument,
  workflow: DslWorkflow,
  { environment }: ModelsFile,
  { inputs, query, files }: GivenInputs,
  facts: RunFacts,
): RunInputs {
  const common = { user_id: facts.userId, app_id: facts.appId, workflow_id: facts.workflowId, workflow_run_id: facts.runId, files };
  const system =
    mode === 'advanced-chat'
      ? { ...common, query, conversation_id: facts.conversationId, dialogue_count: 1 }
      : { ...common, timestamp: Math.floor(systemClock.now() / 1000) };
  return { inputs, system, environment: withValues(workflow.environment, environment), conversation: workflow.conversation };
}

/** A models file may serve several DSL files: names that this one does not declare are left out. */
function withValues(variables: readonly DeclaredVariable[], values: ModelsFile['environment']): DeclaredVariable[] {
  return variables.map((variable) => (Object.hasOwn(values, variable.name) ? { ...variable, value: values[variable.name] } : variable));
}

function wireFacts(
  { mode }: DslDocument,
  { runId, workflowId, conversationId, userId }: RunFacts,
  { inputs, system }: RunInputs,
): WireFacts {
  const { conversation_id: _conversation, timestamp: _timestamp, ...told } = system;
  return {
    mode: mode === 'advanced-chat' ? mode : 'workflow',
    taskId: uuidv7(),
    runId,
    workflowId,
    conversationId,
    messageId: mode === 'advanced-chat' ? uuidv7() : null,
    createdBy: { id: NIL_UUID, user: userId },
    inputs: { ...inputs, ...Object.fromEntries(Object.entries(told).map(([name, value]) => [`sys.${name}`, value])) },
  };
}
