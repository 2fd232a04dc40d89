import { chunksOf, play, ScriptedModel, textsOf } from '../testing/chat.harness.js';
import { configFactory } from '../testing/config.factory.js';
import type { AnnotationPort, InputVerdict, ModerationPort } from './chat-ports.js';

const PRESET = 'Not that 🌍';
const config = configFactory({
  pre_prompt: 'P {{a}}',
  sensitive_word_avoidance: {
    enabled: true,
    type: 'keywords',
    config: { keywords: 'x', inputs_config: { enabled: true, preset_response: PRESET }, outputs_config: { enabled: false } },
  },
});
const model = (): ScriptedModel => new ScriptedModel(() => chunksOf(['answer']));
const moderation = (verdict: InputVerdict): ModerationPort => ({
  checkInput: () => Promise.resolve(verdict),
  checkOutput: () => Promise.reject(new Error('must not be asked')),
});
const blocked = moderation({ flagged: true, action: 'direct_output', presetResponse: PRESET });
const zeros = { prompt_tokens: 0, total_tokens: 0, total_price: '0.0', latency: 1 };

describe('input moderation', () => {
  it('should answer a blocked input with the preset, a character an event, 10 ms apart', async () => {
    const llm = model();
    const { events, last, batches, clock } = await play({
      model: llm,
      request: { config, inputs: { a: 'b' } },
      ports: { moderation: blocked },
    });

    expect(textsOf(events)).toEqual(Array.from(PRESET));
    expect(batches.every((batch) => batch.length === 1)).toBe(true);
    expect(clock.sleeps).toEqual(Array.from(PRESET).map(() => 10));
    expect(last).toMatchObject({
      type: 'end',
      reason: 'input_moderation',
      answer: PRESET,
      usage: zeros,
      metadata: { annotation_reply: null },
    });
    expect(last.savedPrompt[0]).toMatchObject({ text: 'P b\n' });
    expect(llm.calls).toHaveLength(0);
  });

  it('should answer a blocking run with the end only', async () => {
    const { events, clock } = await play({ model: model(), request: { config, stream: false }, ports: { moderation: blocked } });

    expect(events).toMatchObject([{ type: 'end', answer: PRESET }]);
    expect(clock.sleeps).toEqual([]);
  });

  it('should go on with overridden inputs and query', async () => {
    const llm = model();
    const verdict: InputVerdict = { flagged: true, action: 'overridden', inputs: { a: '***' }, query: 'clean' };

    const { last } = await play({ model: llm, request: { config, inputs: { a: 'x' } }, ports: { moderation: moderation(verdict) } });

    expect(llm.calls[0]?.messages.map(({ content }) => content)).toEqual(['P ***\n', 'clean']);
    expect(last).toMatchObject({ inputs: { a: '***' }, query: 'clean' });
  });

  it('should fail the run when the checker fails', async () => {
    const broken = { ...moderation({ flagged: false }), checkInput: () => Promise.reject(new Error('down')) };

    const { last } = await play({ model: model(), request: { config }, ports: { moderation: broken } });

    expect(last).toMatchObject({ type: 'error', error: new Error('down') });
  });

  it('should not be asked where the app has it off', async () => {
    const { last } = await play({ model: model(), ports: { moderation: blocked } });

    expect(last).toMatchObject({ reason: 'finished', answer: 'answer' });
  });
});

describe('annotation reply', () => {
  const hit = { id: 'a1', content: 'Marlin', account: { id: 'u1', name: 'Ann' } };
  const annotations = (match: AnnotationPort['match']): AnnotationPort => ({ match });

  it('should answer in place of the model (trace service/annotations)', async () => {
    const llm = model();
    const { events, last } = await play({ model: llm, ports: { annotations: annotations(() => Promise.resolve(hit)) } });

    expect(events[0]).toEqual({ type: 'annotation_reply', annotation: hit });
    expect(textsOf(events)).toEqual(Array.from('Marlin'));
    expect(last).toMatchObject({
      type: 'end',
      reason: 'annotation_reply',
      usage: zeros,
      metadata: { annotation_reply: { id: 'a1', account: { id: 'u1', name: 'Ann' } } },
    });
    expect(llm.calls).toHaveLength(0);
  });

  it('should name an author whose account is gone', async () => {
    const { last } = await play({ model: model(), ports: { annotations: annotations(() => Promise.resolve({ ...hit, account: null })) } });

    expect(last).toMatchObject({ metadata: { annotation_reply: { account: { name: 'Dify user' } } } });
  });

  it('should come after input moderation', async () => {
    const { last } = await play({
      model: model(),
      request: { config },
      ports: { moderation: blocked, annotations: annotations(() => Promise.resolve(hit)) },
    });

    expect(last).toMatchObject({ reason: 'input_moderation' });
  });

  it.each<[string, AnnotationPort['match']]>([
    ['nothing is near', () => Promise.resolve(null)],
    ['the search fails', () => Promise.reject(new Error('down'))],
  ])('should leave the answer to the model when %s', async (_name, match) => {
    const { last } = await play({ model: model(), ports: { annotations: annotations(match) } });

    expect(last).toMatchObject({ reason: 'finished', answer: 'answer', metadata: { annotation_reply: null } });
  });

  it('should not be asked in completion apps or without a query', async () => {
    const never = annotations(() => Promise.resolve(hit));

    const completion = await play({ model: model(), request: { config: configFactory({}, 'completion') }, ports: { annotations: never } });
    const silent = await play({ model: model(), request: { query: '' }, ports: { annotations: never } });

    expect([completion.last, silent.last]).toMatchObject([{ reason: 'finished' }, { reason: 'finished' }]);
  });
});
