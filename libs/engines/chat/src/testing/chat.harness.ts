import type { LlmChunk, LlmUsage, ModelSchema } from '#engines/model-runtime';
import { emptyUsage } from '#engines/model-runtime';
import type { ChatEvent, EndEvent, ErrorEvent } from '../pipeline/chat-event.js';
import type { ChatModelCall, ChatModelPort, ChatPorts } from '../pipeline/chat-ports.js';
import type { ChatRunRequest } from '../pipeline/chat-run.request.js';
import { TokenCounter } from '../memory/token-counter.port.js';
import { runChat } from '../pipeline/run-chat.js';
import { configFactory } from './config.factory.js';
import { InMemoryFileReader } from './file.factory.js';

/** What a vendor reported for 10 + 20 tokens. */
export function usageFactory(usage: Partial<LlmUsage> = {}): LlmUsage {
  return { ...emptyUsage(), prompt_tokens: 10, completion_tokens: 20, total_tokens: 30, latency: 9, ...usage };
}

/** Chunks as the runtime gives them: texts, then an empty one with the usage. */
export function chunksOf(...reads: string[][]): LlmChunk[][] {
  return [...reads.map((texts) => texts.map((text) => ({ text }))), [{ text: '', usage: usageFactory(), finishReason: 'stop' }]];
}

/** A model that answers from a script and remembers what it was asked and whether it was let go. */
export class ScriptedModel implements ChatModelPort {
  readonly calls: ChatModelCall[] = [];
  closed = 0;

  constructor(
    private readonly script: (call: ChatModelCall) => AsyncIterable<LlmChunk[]> | Iterable<LlmChunk[]>,
    readonly schema: ModelSchema | null = null,
  ) {}

  async *invoke(call: ChatModelCall): AsyncGenerator<LlmChunk[]> {
    this.calls.push(call);
    try {
      yield* this.script(call);
    } finally {
      this.closed += 1;
    }
  }
}

/** A clock that goes on by a second a look; `sleep` takes no time and is counted. */
export class StepClock {
  sleeps: number[] = [];
  private ms = 1_000_000;

  now(): number {
    this.ms += 1000;
    return this.ms;
  }

  readonly sleep = (ms: number): Promise<void> => {
    this.sleeps.push(ms);
    return Promise.resolve();
  };
}

/** Counts every prompt as the same. */
export class FixedCounter extends TokenCounter {
  constructor(private readonly tokens: number) {
    super();
  }

  count(): Promise<number> {
    return Promise.resolve(this.tokens);
  }
}

export interface Played {
  /** As they came. */
  batches: ChatEvent[][];
  events: ChatEvent[];
  last: EndEvent | ErrorEvent;
  clock: StepClock;
}

export interface Play {
  model: ChatModelPort;
  request?: Partial<ChatRunRequest>;
  ports?: Partial<ChatPorts>;
  signal?: AbortSignal;
  /** Called after each array of events. */
  onBatch?: (batch: ChatEvent[]) => void;
}

/** Runs a turn to its end. */
export async function play({ model, request, ports, signal, onBatch }: Play): Promise<Played> {
  const clock = new StepClock();
  const batches: ChatEvent[][] = [];
  const whole: ChatRunRequest = {
    messageId: 'm-new',
    config: configFactory(),
    stream: true,
    inputs: {},
    query: 'Hello',
    files: [],
    conversation: null,
    ...request,
  };
  const base: ChatPorts = {
    clock,
    sleep: clock.sleep,
    model,
    files: new InMemoryFileReader(),
    history: { latest: () => Promise.resolve([]) },
    ...ports,
  };
  for await (const batch of runChat(whole, base, signal ?? new AbortController().signal)) {
    batches.push(batch);
    onBatch?.(batch);
  }
  const events = batches.flat();
  const last = events.at(-1);
  if (last === undefined || (last.type !== 'end' && last.type !== 'error')) throw new Error('a run must end with end or error');
  return { batches, events, last, clock };
}

/** The pieces of the answer as a client sees them. */
export function textsOf(events: readonly ChatEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'message' ? [event.answer] : []));
}
