import { answerInFrames } from './answer-in-frames.js';
import { ChatFrames } from './chat-frames.js';

describe('answerInFrames', () => {
  const frames = new ChatFrames({ runId: 'r', messageId: 'm', conversationId: 'c', createdAt: new Date(0) });

  it('should put the pieces together, line breaks and all', () => {
    expect(answerInFrames([frames.message('one\n\n'), frames.message('data: two'), frames.message(' "é"')].join(''))).toBe(
      'one\n\ndata: two "é"',
    );
  });

  it('should begin anew where the answer was replaced', () => {
    expect(answerInFrames([frames.message('bad'), frames.messageReplace('good', 'output_moderation'), frames.message('!')].join(''))).toBe(
      'good!',
    );
  });

  it('should leave out what is no answer', () => {
    const others = ['event: ping\n\n', frames.ttsMessage(new Uint8Array([1])), frames.error({ code: 'x', status: 503, message: 'y' })];

    expect(answerInFrames([...others, frames.message('said')].join(''))).toBe('said');
    expect(answerInFrames('')).toBe('');
  });
});
