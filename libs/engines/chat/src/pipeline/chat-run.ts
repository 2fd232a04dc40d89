import type { ContentPart, LlmUsage } from '#engines/model-runtime';
import { toPromptParts } from '../files/prompt-parts.js';
import type { PromptPartOptions } from '../files/prompt-parts.js';
import type { Inputs } from '../inputs/prepare-inputs.js';
import { HISTORY_LIMIT } from '../memory/history.js';
import { PromptMemory } from '../memory/prompt-memory.js';
import type { HistoryMessage } from '../memory/thread.js';
import { assemblePrompt } from '../prompt/assemble-prompt.js';
import type { AssembledPrompt } from '../prompt/assemble-prompt.js';
import type { ChatPorts, AnnotationHit, RetrieverResource } from './chat-ports.js';
import type { ChatRunRequest } from './chat-run.request.js';
import { StopGate } from './stop.js';

/** The state of one run: what it was asked, what it has found out, what it has written. */
export class ChatRun {
  readonly gate: StopGate;
  readonly startedAt: number;
  readonly modelMode: 'chat' | 'completion';
  inputs: Inputs;
  query: string;
  annotation: AnnotationHit | null = null;
  resources: RetrieverResource[] = [];
  prompt: AssembledPrompt | null = null;
  answer = '';
  usage: LlmUsage | null = null;
  usageEstimated = false;
  private ownParts: Promise<ContentPart[]> | null = null;
  private history: Promise<readonly HistoryMessage[]> | null = null;

  constructor(
    readonly request: ChatRunRequest,
    readonly ports: ChatPorts,
    signal: AbortSignal,
  ) {
    this.gate = new StopGate(signal);
    this.startedAt = ports.clock.now();
    this.modelMode = request.config.model.mode ?? ports.model.schema?.properties.mode ?? 'chat';
    this.inputs = request.inputs;
    this.query = request.query;
  }

  /** Seconds since the run began. */
  get latency(): number {
    return Math.max(0, this.ports.clock.now() - this.startedAt) / 1000;
  }

  get partOptions(): PromptPartOptions {
    const sendFormat = this.ports.fileSendFormat ?? 'base64';
    return { reader: this.ports.files, sendFormat, imageDetail: this.request.config.imageDetail, signal: this.gate.signal };
  }

  /** Assembles the prompt from what is known by now and keeps it. */
  async assemble(context: string | null, contextParts: readonly ContentPart[] = []): Promise<AssembledPrompt> {
    this.ownParts ??= toPromptParts(this.request.files, this.partOptions);
    const parts = [...(await this.ownParts), ...contextParts];
    const { config } = this.request;
    const { modelMode, inputs, query } = this;
    this.prompt = await assemblePrompt({ config, modelMode, inputs, query, parts, context, memory: await this.memory() });
    return this.prompt;
  }

  private async memory(): Promise<PromptMemory | null> {
    const { conversation, messageId, config } = this.request;
    if (conversation === null) return null;
    this.history ??= this.ports.history.latest(HISTORY_LIMIT);
    const before = (await this.history).filter((message) => message.id !== messageId);
    return new PromptMemory({
      newestFirst: [beingWritten(messageId, conversation.parentMessageId), ...before],
      schema: this.ports.model.schema,
      parameters: config.model.parameters,
      files: this.partOptions,
      ...(this.ports.tokens && { counter: this.ports.tokens }),
    });
  }
}

/** The head of the thread: it tells whose branch is remembered and says nothing itself. */
function beingWritten(id: string, parentMessageId: string | null): HistoryMessage {
  return { id, parentMessageId, query: '', answer: '', answerTokens: 0, files: [] };
}
