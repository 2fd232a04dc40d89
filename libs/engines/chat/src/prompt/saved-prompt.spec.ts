import type { PromptMessage, ToolCall } from '#engines/model-runtime';
import { savedPrompt } from './saved-prompt.js';

const call: ToolCall = { id: 'call_1', type: 'function', function: { name: 'echo', arguments: '{}' } };

describe('savedPrompt', () => {
  it('should store role, text and files of a chat prompt', () => {
    const messages: PromptMessage[] = [
      { role: 'system', content: 'S' },
      {
        role: 'user',
        content: [
          { type: 'image', format: 'png', mimeType: 'image/png', base64Data: 'A'.repeat(100), detail: 'high' },
          { type: 'image', format: 'png', mimeType: 'image/png', url: 'http://a.b/c.png' },
          { type: 'audio', format: 'mp3', mimeType: 'audio/mp3', base64Data: 'B'.repeat(100) },
          { type: 'document', format: 'pdf', mimeType: 'application/pdf', base64Data: 'C' },
          { type: 'text', data: 'Hello' },
        ],
      },
    ];

    expect(savedPrompt(messages, 'chat')).toEqual([
      { role: 'system', text: 'S', files: [] },
      {
        role: 'user',
        text: 'Hello',
        files: [
          { type: 'image', data: 'data:image...[TRUNCATED]...AAAAAAAAAA', detail: 'high' },
          { type: 'image', data: 'http://a.b/c.png', detail: 'low' },
          { type: 'audio', data: 'data:audio...[TRUNCATED]...BBBBBBBBBB', format: 'mp3' },
        ],
      },
    ]);
  });

  it('should repeat tool calls up to the next assistant message (traces agents/chat-app)', () => {
    const messages: PromptMessage[] = [
      { role: 'user', content: 'q' },
      { role: 'assistant', content: '', toolCalls: [call] },
      { role: 'tool', content: 'r', toolCallId: 'call_1' },
      { role: 'assistant', content: 'a' },
      { role: 'user', content: 'q2' },
    ];

    expect(savedPrompt(messages, 'chat').map((message) => message.tool_calls?.length ?? 0)).toEqual([0, 1, 1, 0, 0]);
  });

  it('should store one user message of a completion prompt, files only when there are any', () => {
    expect(savedPrompt([{ role: 'user', content: 'P' }], 'completion')).toEqual([{ role: 'user', text: 'P' }]);
    expect(savedPrompt([], 'completion')).toEqual([]);
  });
});
