import type { LlmDelta } from '../types/llm.js';
import { ChatEventReader } from './chat-answer.js';
import { TextEventPattern } from './text-event-pattern.js';

const event = (delta: Record<string, unknown>, choice: Record<string, unknown> = {}, more: Record<string, unknown> = {}): string =>
  JSON.stringify({ id: 'c1', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: null, ...choice }], ...more });

const parsed = (payload: string): LlmDelta | null => new ChatEventReader(() => 'id').read(JSON.parse(payload) as unknown);

function learnt(payload: string): TextEventPattern {
  const pattern = new TextEventPattern();
  pattern.learn(payload, parsed(payload)!);
  return pattern;
}

describe('TextEventPattern', () => {
  it.each([' words', 'a "quoted" one', 'back\\slash\\', 'line\nbreak \u0001', '日本 😀', '{"content":"', '\u2028'])(
    'should read %j as the parser does',
    (text) => {
      const payload = event({ content: text }, {}, { system_fingerprint: 'fp' });

      for (const first of ['Hello', 'x "y" \\']) {
        expect(learnt(event({ content: first }, {}, { system_fingerprint: 'fp' })).read(payload)).toEqual(parsed(payload));
      }
    },
  );

  it('should leave everything else to the parser', () => {
    const pattern = learnt(event({ content: 'Hello' }));

    expect(pattern.read(event({ content: '' }))).toBeNull();
    expect(pattern.read(event({ content: 'x' }, { finish_reason: 'stop' }))).toBeNull();
    expect(pattern.read(event({ content: 'x', tool_calls: [] }))).toBeNull();
    expect(pattern.read(event({ content: 'x' }, {}, { usage: { prompt_tokens: 1, completion_tokens: 1 } }))).toBeNull();
    expect(pattern.read(event({ content: 'x' }).replace('"x"', '"x","y":"z"'))).toBeNull();
    expect(pattern.read(event({ content: 'x' }).replace('"x"', '"x\\"'))).toBeNull();
    expect(pattern.read('')).toBeNull();
  });

  it.each([
    ['has a second content', event({ content: 'a' }, { message: { content: 'a' } })],
    ['is of the older API', JSON.stringify({ choices: [{ text: 'a', delta: { content: 'a' } }] })],
    ['ends the answer', event({ content: 'a' }, { finish_reason: 'stop' })],
    ['thinks', event({ content: 'a', reasoning_content: 'b' })],
    ['lists its text', event({ content: [{ type: 'text', text: 'a' }] })],
  ])('should learn nothing from an event that %s', (_, payload) => {
    expect(learnt(payload).read(payload)).toBeNull();
  });
});
