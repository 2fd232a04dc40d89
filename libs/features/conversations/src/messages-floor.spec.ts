import { NIL_UUID, uuidv7 } from '#common';
import { messagesFloor } from './messages-floor.js';

describe('messagesFloor', () => {
  it('should be under every id made after the conversation, also by a clock that is half an hour behind', () => {
    const now = Date.now();
    const conversationId = uuidv7(now + 10_000_000);

    expect(messagesFloor(conversationId) < conversationId).toBe(true);
    expect(messagesFloor('0199b3a2-5c1e-7d31-8a44-0b1f6d2c9e10').slice(0, 13)).toBe('0199b36b-6d9e');
  });

  it('should not bound messages of a conversation whose id has no time', () => {
    expect(messagesFloor('85cd07cd-ab1e-4776-85c3-7b05f1c07170')).toBe(NIL_UUID);
  });
});
