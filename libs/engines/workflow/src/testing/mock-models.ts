import {
  emptyUsage,
  i18n,
  type InvokeLlmOptions,
  type LlmChunk,
  type LlmRequest,
  type LlmUsage,
  type MediaPart,
} from '#engines/model-runtime';
import type { ModelFeature, ModelProperties, ModelSchema } from '#engines/model-runtime';
import { WorkflowModels, type ModelChoice, type WorkflowModel } from '../ports/models.port.js';

/** What models say when a test does not care (contract workflow-engine 13). */
export const MOCK_TEXT = 'This is a mocked LLM response';

/** What a mocked model is asked. */
export interface MockCall {
  readonly choice: ModelChoice;
  readonly request: LlmRequest;
  readonly options: InvokeLlmOptions;
}

/** What a mocked model answers: a text, word by word; more than that; or an error to fail with. */
export type MockAnswer =
  | string
  | Error
  | {
      readonly text?: string;
      /** Instead of words: the pieces of each read of the upstream. */
      readonly reads?: readonly (readonly string[])[];
      readonly toolCalls?: readonly { readonly name: string; readonly arguments: string }[];
      readonly media?: readonly MediaPart[];
      readonly usage?: Partial<LlmUsage>;
      readonly finishReason?: string;
    };

/** A failure of the model, as tests of error strategies want it. */
export class MockError extends Error {
  override readonly name = 'MockError';
}

export interface MockModelsOptions {
  readonly features?: readonly ModelFeature[] | null;
  readonly properties?: ModelProperties;
  /** Awaited before the first word. */
  readonly wait?: () => Promise<void>;
}

/** Models that answer from a script: first word, then blank and word, one read each, and an empty last chunk with the usage. Remembers what it was asked. */
export class MockModels extends WorkflowModels {
  readonly calls: MockCall[] = [];

  constructor(
    private readonly answer: MockAnswer | ((call: MockCall) => MockAnswer) = MOCK_TEXT,
    private readonly options: MockModelsOptions = {},
  ) {
    super();
  }

  override resolve(choice: ModelChoice): Promise<WorkflowModel> {
    return Promise.resolve({
      schema: this.schemaOf(choice),
      invoke: (request: LlmRequest, options: InvokeLlmOptions) => this.play({ choice, request, options }),
    });
  }

  /** The last prompt, as `role: text` lines; parts of other kinds as `[kind]`. */
  get lastPrompt(): string[] {
    const messages = this.calls.at(-1)?.request.messages ?? [];
    return messages.map(({ role, content }) => {
      const parts = typeof content === 'string' ? [content] : content.map((part) => (part.type === 'text' ? part.data : `[${part.type}]`));
      return `${role}: ${parts.join(' ')}`;
    });
  }

  private async *play(call: MockCall): AsyncGenerator<LlmChunk[]> {
    this.calls.push(call);
    const { wait } = this.options;
    if (wait !== undefined) await wait();
    const answer = typeof this.answer === 'function' ? this.answer(call) : this.answer;
    if (answer instanceof Error) throw answer;
    const { text = '', reads, toolCalls, media, usage, finishReason = 'stop' } = typeof answer === 'string' ? { text: answer } : answer;
    for (const pieces of reads ?? wordsOf(text).map((word) => [word])) yield pieces.map((piece) => ({ text: piece }));
    const last: LlmChunk = { text: '', usage: { ...mockUsage, ...usage }, finishReason };
    if (toolCalls !== undefined) last.toolCalls = toolCalls.map((asked, index) => ({ id: `call_${String(index + 1)}`, ...asked }));
    if (media !== undefined) last.media = [...media];
    yield [last];
  }

  private schemaOf({ name, mode }: ModelChoice): ModelSchema {
    const { features = null, properties } = this.options;
    return {
      model: name,
      label: i18n(name),
      modelType: 'llm',
      features: features === null ? null : [...features],
      fetchFrom: 'customizable-model',
      properties: { mode, ...properties },
      deprecated: false,
      parameterRules: [],
      pricing: null,
    };
  }
}

/** What each answer of a mocked model costs, unless told otherwise. */
export const mockUsage: LlmUsage = { ...emptyUsage(), prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, latency: 0.5 };

/** A `models` port whose models answer from a script; see {@link MockModels}. */
export function mockModels(answer?: MockAnswer | ((call: MockCall) => MockAnswer), options?: MockModelsOptions): MockModels {
  return new MockModels(answer, options);
}

function wordsOf(text: string): string[] {
  return text === '' ? [] : text.split(' ').map((word, index) => (index === 0 ? word : ` ${word}`));
}
