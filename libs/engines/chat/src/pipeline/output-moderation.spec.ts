import { chunksOf, play, ScriptedModel, textsOf } from '../testing/chat.harness.js';
import { configFactory } from '../testing/config.factory.js';
import type { ModerationPort, OutputVerdict } from './chat-ports.js';

const config = configFactory({
  sensitive_word_avoidance: {
    enabled: true,
    type: 'keywords',
    config: { keywords: 'bad', inputs_config: { enabled: false }, outputs_config: { enabled: true, preset_response: 'Blocked.' } },
  },
});
const BLOCK: OutputVerdict = { flagged: true, action: 'direct_output', presetResponse: 'Blocked.' };

/** Judges by a rule and remembers what it was shown. */
function checker(judge: (text: string) => OutputVerdict | Promise<OutputVerdict>, bufferSize = 10): ModerationPort & { seen: string[] } {
  const seen: string[] = [];
  return {
    seen,
    bufferSize,
    checkInput: () => Promise.reject(new Error('must not be asked')),
    checkOutput: (_config, text) => {
      seen.push(text);
      return Promise.resolve(text).then(judge);
    },
  };
}

const onBad = (text: string): OutputVerdict => (text.includes('bad') ? BLOCK : { flagged: false });

describe('output moderation', () => {
  it('should replace the answer and stop the model as soon as a check says so', async () => {
    const model = new ScriptedModel(async function* () {
      yield [{ text: 'this is bad' }];
      await new Promise(() => undefined);
    });

    const { events, last } = await play({ model, request: { config }, ports: { moderation: checker(onBad) } });

    expect(events.map((event) => event.type)).toEqual(['message', 'message_replace', 'end']);
    expect(events[1]).toEqual({ type: 'message_replace', answer: 'Blocked.', reason: '' });
    expect(last).toMatchObject({
      reason: 'output_moderation',
      answer: 'Blocked.',
      storedAnswer: 'Blocked.',
      usage: { total_tokens: 0, total_price: '0' },
    });
  });

  it('should look again only after enough new text, and at the whole at the end', async () => {
    const moderation = checker(() => ({ flagged: false }));
    const model = new ScriptedModel(async function* () {
      for (const chunk of ['12345', '67890', 'abc', 'defghijk', '!']) {
        yield [{ text: chunk }];
        await new Promise((resolve) => setImmediate(resolve));
      }
      yield* chunksOf();
    });

    await play({ model, request: { config }, ports: { moderation } });

    expect(moderation.seen).toEqual(['1234567890', '1234567890abcdefghijk', '1234567890abcdefghijk!']);
  });

  it('should check once at the end when the answer is short', async () => {
    const moderation = checker(onBad, 300);
    const { events, last } = await play({
      model: new ScriptedModel(() => chunksOf(['so ', 'bad'])),
      request: { config },
      ports: { moderation },
    });

    expect(moderation.seen).toEqual(['so bad']);
    expect(textsOf(events)).toEqual(['so ', 'bad', '']);
    expect(events.at(-2)).toEqual({ type: 'message_replace', answer: 'Blocked.', reason: '' });
    expect(last).toMatchObject({ reason: 'finished', answer: 'Blocked.', storedAnswer: 'Blocked.', usage: { total_tokens: 30 } });
  });

  it('should go on behind overridden text', async () => {
    let answerCheck: (verdict: OutputVerdict) => void = () => undefined;
    let first = true;
    const moderation = checker(() => {
      if (!first) return { flagged: false };
      first = false;
      return new Promise<OutputVerdict>((resolve) => (answerCheck = resolve));
    });
    const model = new ScriptedModel(async function* () {
      yield [{ text: 'something ugly' }];
      yield [{ text: ' and more' }];
      answerCheck({ flagged: true, action: 'overridden', text: 'something' });
      await new Promise((resolve) => setImmediate(resolve));
      yield [{ text: ' follows' }];
      yield* chunksOf();
    });

    const { events, last } = await play({ model, request: { config }, ports: { moderation } });

    expect(events.map((event) => ('answer' in event && event.type !== 'end' ? event.answer : event.type))).toEqual([
      'something ugly',
      ' and more',
      'something and more',
      ' follows',
      '',
      'end',
    ]);
    expect(last).toMatchObject({ reason: 'finished', answer: 'something and more follows' });
  });

  it('should take a checker that fails for one that has nothing against it', async () => {
    const moderation = checker(() => Promise.reject(new Error('down')));

    const { last } = await play({ model: new ScriptedModel(() => chunksOf(['a bad answer'])), request: { config }, ports: { moderation } });

    expect(last).toMatchObject({ reason: 'finished', answer: 'a bad answer' });
  });

  it('should replace the answer of a blocking run, too', async () => {
    const { events } = await play({
      model: new ScriptedModel(() => chunksOf(['a bad answer'])),
      request: { config, stream: false },
      ports: { moderation: checker(onBad) },
    });

    expect(events).toMatchObject([{ type: 'end', answer: 'Blocked.' }]);
  });

  it('should look at a stopped answer before it is stored', async () => {
    const controller = new AbortController();
    const model = new ScriptedModel(async function* () {
      yield [{ text: 'bad' }];
      await new Promise(() => undefined);
    });

    const { last } = await play({
      model,
      request: { config },
      ports: { moderation: checker(onBad, 300) },
      signal: controller.signal,
      onBatch: () => controller.abort('stopped'),
    });

    expect(last).toMatchObject({ reason: 'stopped', answer: 'Blocked.' });
  });
});
