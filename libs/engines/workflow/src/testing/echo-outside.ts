import { CodeFailure, CodeSandbox, type CodeRequest, type CodeResult } from '#engines/sandbox';
import type { Json } from '#common';
import { HumanForms, type FormDefinition, type FormPlace, type StoredForm } from '../ports/human-forms.port.js';
import { WorkflowHttpError, type HttpCall } from '../ports/http.port.js';
import type { InvokeMessage } from '../ports/invoke-message.js';
import { Retriever, type Retrieved, type RetrievalQuery } from '../ports/retriever.port.js';
import { WorkflowTools, type WorkflowTool, type WorkflowToolCall } from '../ports/tools.port.js';
import type { WorkflowPorts } from '../ports/workflow-ports.js';
import { MockHttp, type MockAnswer } from './mock-http.js';
import { MockError, mockModels, type MockCall } from './mock-models.js';
import { OneSentence } from './mock-outside.js';
import { FUNCTION_CALLING, logMessage, ScriptedAgents, textMessages } from './scripted-agents.js';
import { testPorts } from './workflow.harness.js';

/** Few enough characters for a secret to come in several pieces. */
const PIECE = 3;

/** Everything outside, each of which says back all it was told: what a run must keep to itself has the most ways to come out. Answers depend on nothing else. */
export class EchoOutside {
  /** All that was told to the outside. */
  readonly received: string[] = [];

  /** `isAnswered`: forms are filled in as soon as they are looked at. */
  constructor(private readonly isAnswered: boolean) {}

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
  }
}

/** Code that gives its inputs back; code with `fail` in it fails with them. */
class EchoSandbox extends CodeSandbox {
  readonly isRepeatable = true;

  constructor(private readonly hear: (inputs: unknown) => string) {
    super();
  }

  override run({ code, inputs }: CodeRequest): Promise<CodeResult> {
    const text = this.hear(inputs);
    if (code.includes('fail')) return Promise.reject(new CodeFailure({ reason: 'exception', message: `Can not work with ${text}` }));
    const value: Json = { result: text };
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
