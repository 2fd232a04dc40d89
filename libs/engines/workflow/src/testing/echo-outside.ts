import { DocumentReader, type DocumentSource } from '#engines/knowledge';
import { CodeFailure, CodeSandbox, type CodeRequest, type CodeResult } from '#engines/sandbox';
import type { Json } from '#common';
import { WorkflowDatasources, type DatasourceCall } from '../ports/datasources.port.js';
import { HumanForms, type FormDefinition, type FormPlace, type StoredForm } from '../ports/human-forms.port.js';
import { WorkflowHttpError, type HttpCall } from '../ports/http.port.js';
import type { InvokeMessage } from '../ports/invoke-message.js';
import { KnowledgeIndexer, type IndexedDocument, type IndexRequest } from '../ports/knowledge-indexer.port.js';
import { Retriever, type Retrieved, type RetrievalQuery } from '../ports/retriever.port.js';
import { WorkflowTools, type WorkflowTool, type WorkflowToolCall } from '../ports/tools.port.js';
import type { WorkflowPorts } from '../ports/workflow-ports.js';
import type { FileValue } from '../values/file-value.js';
import { fileValue, MemoryFiles } from './memory-files.js';
import { MockHttp, type MockAnswer } from './mock-http.js';
import { MockError, mockModels, type MockCall } from './mock-models.js';
import { OneSentence } from './mock-outside.js';
import { FUNCTION_CALLING, logMessage, ScriptedAgents, textMessages } from './scripted-agents.js';
import { testPorts } from './workflow.harness.js';

/** Few enough characters for a secret to come in several pieces. */
const PIECE = 3;

/** Everything outside, each of which says back all it was told: what a run must keep to itself has the most ways to come out. Answers depend on nothing else. */
export class EchoOutside {
  /** `isAnswered`: forms are filled in as soon as they are looked at. All that is told to the outside goes into `received`. */
  constructor(
    private readonly isAnswered: boolean,
    private readonly received: string[] = [],
  ) {}

  ports(): WorkflowPorts {
    return testPorts({
      models: mockModels((call) => this.model(call)),
      http: new MockHttp((call) => this.http(call)),
      tools: new EchoTools((call) => this.heard({ given: call.given, settings: call.settings })),
      agents: new ScriptedAgents(
        ({ parameters }) => {
          const text = this.heard(parameters);
          return [logMessage({ id: 'log', data: { heard: text } }), ...textMessages(...piecesOf(text))];
        },
        { parameters: FUNCTION_CALLING.filter(({ name }) => name !== 'tools') },
      ),
      sandbox: new EchoSandbox((inputs) => this.heard(inputs)),
      retriever: new EchoRetriever((query) => this.heard(query)),
      forms: new EchoForms(this.isAnswered),
      files: new MemoryFiles(),
      documents: new EchoDocuments(),
      datasources: new EchoDatasources((call) => this.heard({ parameters: call.parameters, info: call.info })),
      indexer: new EchoIndexer((request) => this.heard(request.chunks)),
    });
  }

  private heard(what: unknown): string {
    const text = JSON.stringify(what);
    this.received.push(text);
    return text;
  }

  private model({ choice, request: { messages } }: MockCall): { reads: string[][] } | Error {
    const text = this.heard(messages);
    if (choice.name === 'broken') return new MockError(`Can not answer ${text}`);
    if (choice.name === 'class') return { reads: [[JSON.stringify({ keywords: [text], category_id: '2', category_name: text })]] };
    if (choice.name === 'extract') return { reads: [[JSON.stringify({ city: text })]] };
    return { reads: piecesOf(text).map((piece) => [piece]) };
  }

  private http({ url, headers, body }: HttpCall): MockAnswer | Error {
    const text = this.heard({ url, headers, body: Buffer.from(body ?? []).toString('utf8') });
    if (url.includes('/refused')) return new WorkflowHttpError('connect', `No way to ${url}`);
    return { status: url.includes('/500') ? 500 : 200, headers: { 'x-echo': url }, body: text };
  }
}

function piecesOf(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / PIECE) }, (_, index) => text.slice(index * PIECE, (index + 1) * PIECE));
}

class EchoTools extends WorkflowTools {
  constructor(private readonly hear: (call: WorkflowToolCall) => string) {
    super();
  }

  override find(): Promise<WorkflowTool> {
    const parameters = [
      { name: 'text', form: 'llm', required: true },
      { name: 'set', form: 'form', required: true },
    ] as const;
    return Promise.resolve({ parameters, invoke: (call) => this.play(call) });
  }

  private async *play(call: WorkflowToolCall): AsyncGenerator<InvokeMessage> {
    const text = this.hear(call);
    await Promise.resolve();
    for (const piece of piecesOf(text)) yield { type: 'text', text: piece };
    yield { type: 'json', json: { text } };
    yield { type: 'variable', name: 'result', value: text, isStreamed: false };
  }
}

/** Code that gives its inputs back, in a list if it says so; code with `fail` in it fails with them. */
class EchoSandbox extends CodeSandbox {
  readonly isRepeatable = true;

  constructor(private readonly hear: (inputs: unknown) => string) {
    super();
  }

  override run({ code, inputs }: CodeRequest): Promise<CodeResult> {
    const text = this.hear(inputs);
    if (code.includes('fail')) return Promise.reject(new CodeFailure({ reason: 'exception', message: `Can not work with ${text}` }));
    const value: Json = { result: code === 'list' ? [text] : text };
    return Promise.resolve({ json: JSON.stringify(value), value, stdout: text });
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }
}

class EchoRetriever extends Retriever {
  private readonly one = new OneSentence();

  constructor(private readonly hear: (query: RetrievalQuery) => string) {
    super();
  }

  override async retrieve(query: RetrievalQuery): Promise<Retrieved> {
    const text = this.hear(query);
    const { segments, usage } = await this.one.retrieve();
    return { segments: segments.map((segment) => ({ ...segment, content: text })), usage };
  }
}

/** Files of a drive are named after what was asked, and their text is their name. */
class EchoDatasources extends WorkflowDatasources {
  constructor(private readonly hear: (call: DatasourceCall) => string) {
    super();
  }

  override localFile(): Promise<null> {
    return Promise.resolve(null);
  }

  override async *readDocument(call: DatasourceCall): AsyncGenerator<InvokeMessage> {
    await Promise.resolve();
    for (const piece of piecesOf(this.hear(call))) yield { type: 'variable', name: 'content', value: piece, isStreamed: true };
  }

  override async *readDrive(call: DatasourceCall): AsyncGenerator<InvokeMessage> {
    await Promise.resolve();
    yield { type: 'file', file: this.fileOf(call) };
  }

  private fileOf(call: DatasourceCall): FileValue {
    return fileValue({ filename: this.hear(call), extension: '.txt', mimeType: 'text/plain', type: 'document' });
  }
}

/** Documents that hold what their bytes say. */
class EchoDocuments extends DocumentReader {
  override read({ bytes }: DocumentSource): Promise<string> {
    return Promise.resolve(Buffer.from(bytes).toString('utf8'));
  }
}

class EchoIndexer extends KnowledgeIndexer {
  constructor(private readonly hear: (request: IndexRequest) => string) {
    super();
  }

  override index(request: IndexRequest): Promise<IndexedDocument> {
    const text = this.hear(request);
    return Promise.resolve({ datasetName: text, documentName: text, createdAt: 1795425425 });
  }

  override summarize(): Promise<readonly (string | null)[]> {
    return Promise.resolve([]);
  }
}

/** A form that is answered with the same words, whichever process asks. */
class EchoForms extends HumanForms {
  constructor(private readonly isAnswered: boolean) {
    super();
  }

  override find(place: FormPlace): Promise<StoredForm | null> {
    return Promise.resolve(this.isAnswered ? formOf(place, DEFINITION, this.isAnswered) : null);
  }

  override create(place: FormPlace, definition: FormDefinition): Promise<StoredForm> {
    return Promise.resolve(formOf(place, definition, this.isAnswered));
  }
}

const DEFINITION: StoredForm['definition'] = {
  nodeTitle: 'ask',
  content: 'Is it well?',
  inputs: [{ type: 'paragraph', output_variable_name: 'note', default: null }],
  actions: [{ id: 'ok', title: 'OK', button_style: 'primary' }],
  resolvedDefaults: {},
  displayInUi: false,
  expiresAt: 1_800_000_000_000,
};

function formOf({ nodeId }: FormPlace, definition: StoredForm['definition'], isAnswered: boolean): StoredForm {
  const state = isAnswered
    ? ({ status: 'submitted', actionId: 'ok', data: { note: 'all well' } } as const)
    : ({ status: 'waiting' } as const);
  return { id: `form-${nodeId}`, token: null, definition, state };
}
