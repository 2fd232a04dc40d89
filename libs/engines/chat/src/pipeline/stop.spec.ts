import type { ChatModelCall } from './chat-ports.js';
import { chunksOf, FixedCounter, play, ScriptedModel, textsOf } from '../testing/chat.harness.js';
import { configFactory } from '../testing/config.factory.js';
import { schemaFactory } from '../testing/schema.factory.js';
import { StopGate, stopCauseOf } from './stop.js';

/** Writes a little and then never again; deaf to the signal when told so. */
function endless(isDeaf: boolean): ScriptedModel {
  return new ScriptedModel(
    async function* ({ signal }: ChatModelCall) {
      yield [{ text: 'a long' }];
      yield [{ text: ' tale' }];
      await new Promise<void>((_resolve, reject) => {
        if (!isDeaf) signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    },
    schemaFactory({ pricing: { input: '2', output: '4', unit: '0.001', currency: 'EUR' } }),
  );
}

async function stopAfterTale(model: ScriptedModel, reason: unknown, tokens?: number): Promise<Awaited<ReturnType<typeof play>>> {
  const controller = new AbortController();
  return play({
    model,
    signal: controller.signal,
    onBatch: (batch) => {
      if (textsOf(batch).includes(' tale')) controller.abort(reason);
    },
    ...(tokens === undefined ? {} : { ports: { tokens: new FixedCounter(tokens) } }),
  });
}

describe('a run that is ended from outside', () => {
  it.each([
    ['stopped', false],
    ['time_limit', false],
    ['shutdown', false],
    ['stopped', true],
  ])('should keep what was written when %s, the model being deaf: %s', async (cause, isDeaf) => {
    const { last, events } = await stopAfterTale(endless(isDeaf), cause);

    expect(textsOf(events)).toEqual(['a long', ' tale']);
    expect(last).toMatchObject({ type: 'end', reason: cause, answer: 'a long tale', storedAnswer: 'a long tale' });
    expect(last.savedPrompt).toHaveLength(1);
  });

  it('should count nothing by default (trace service/stop-chat)', async () => {
    const { last } = await stopAfterTale(endless(false), 'stopped');

    expect(last.usage).toMatchObject({
      prompt_tokens: 0,
      completion_tokens: 0,
      total_tokens: 0,
      total_price: '0',
      prompt_unit_price: '2',
      currency: 'EUR',
    });
  });

  it('should count and price again where tokens are counted', async () => {
    const { last } = await stopAfterTale(endless(false), 'stopped', 100);

    expect(last.usage).toMatchObject({ prompt_tokens: 100, completion_tokens: 100, total_tokens: 200, time_to_first_token: null });
    expect(Number(last.usage.prompt_price)).toBeCloseTo(0.2);
    expect(Number(last.usage.total_price)).toBeCloseTo(0.6);
  });

  it('should close a model that listens', async () => {
    const model = endless(false);

    await stopAfterTale(model, 'stopped');

    await vi.waitFor(() => expect(model.closed).toBe(1));
  });

  it('should not call the model when it was ended before', async () => {
    const model = endless(false);
    const controller = new AbortController();
    controller.abort('stopped');

    const { last } = await play({ model, signal: controller.signal });

    expect(last).toMatchObject({ type: 'end', reason: 'stopped', answer: '', savedPrompt: [] });
    expect(model.calls).toHaveLength(0);
  });

  it('should not wait for a step that hangs', async () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort('time_limit'));

    const { last } = await play({
      model: endless(false),
      signal: controller.signal,
      ports: { annotations: { match: () => new Promise(() => undefined) } },
    });

    expect(last).toMatchObject({ type: 'end', reason: 'time_limit' });
  });

  it('should cut a direct output short', async () => {
    const controller = new AbortController();
    const hit = { id: 'a', content: 'Marlin', account: null };

    const { events, last } = await play({
      model: endless(false),
      signal: controller.signal,
      ports: { annotations: { match: () => Promise.resolve(hit) } },
      onBatch: (batch) => {
        if (textsOf(batch).includes('r')) controller.abort('stopped');
      },
    });

    expect(textsOf(events)).toEqual(['M', 'a', 'r']);
    expect(last).toMatchObject({ reason: 'stopped', answer: 'Mar', usage: { total_price: '0.0' } });
  });

  it('should end a blocking run with what there is', async () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort('stopped'));

    const { events } = await play({ model: endless(true), request: { stream: false, config: configFactory() }, signal: controller.signal });

    expect(events).toMatchObject([{ type: 'end', reason: 'stopped', answer: 'a long tale' }]);
  });

  it('should leave no listener behind', async () => {
    const controller = new AbortController();
    let listeners = 0;
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>): void => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>): void => {
      listeners -= 1;
      remove(...args);
    };

    await play({ model: new ScriptedModel(() => chunksOf(...Array.from({ length: 100 }, () => ['x']))), signal });

    expect(listeners).toBe(0);
  });
});

describe('stopCauseOf', () => {
  it.each([
    ['stopped', 'stopped'],
    ['time_limit', 'time_limit'],
    ['shutdown', 'shutdown'],
    [new DOMException('x', 'TimeoutError'), 'time_limit'],
    [new DOMException('x', 'AbortError'), 'stopped'],
    [undefined, 'stopped'],
  ])('should read %s as %s', (reason, cause) => {
    expect(stopCauseOf(reason)).toBe(cause);
  });
});

describe('StopGate', () => {
  it('should pass on values and errors', async () => {
    const gate = new StopGate(new AbortController().signal);

    await expect(gate.wait(Promise.resolve(5))).resolves.toBe(5);
    await expect(gate.wait(Promise.reject(new Error('x')))).rejects.toThrow('x');
  });
});
