import * as fc from 'fast-check';
import { NIL_UUID } from '#common';
import type { PromptMessage } from '#engines/model-runtime';
import { textOf } from '#engines/model-runtime';
import { fileFactory, InMemoryFileReader } from '../testing/file.factory.js';
import { schemaFactory } from '../testing/schema.factory.js';
import { buildHistory } from './history.js';
import { historyText } from './history-text.js';
import { PromptMemory } from './prompt-memory.js';
import { currentThread } from './thread.js';
import type { HistoryMessage } from './thread.js';
import { TokenCounter } from './token-counter.port.js';

function message(id: string, parentMessageId: string | null, fields: Partial<HistoryMessage> = {}): HistoryMessage {
  return { id, parentMessageId, query: `q${id}`, answer: `a${id}`, answerTokens: 1, files: [], ...fields };
}

/** A token a character. */
class CharacterCounter extends TokenCounter {
  count(messages: readonly PromptMessage[]): Promise<number> {
    return Promise.resolve(messages.reduce((sum, { content }) => sum + textOf(content).length, 0));
  }
}

const counter = new CharacterCounter();

describe('currentThread', () => {
  it.each<[string, HistoryMessage[], string[]]>([
    ['nothing', [], []],
    ['a linear thread of the service API', [message('3', NIL_UUID), message('2', NIL_UUID), message('1', NIL_UUID)], ['3', '2', '1']],
    ['parents, past a branch', [message('4', '2'), message('3', '2'), message('2', '1'), message('1', null)], ['4', '2', '1']],
    ['no further than a message without parent', [message('3', '2'), message('2', null), message('1', null)], ['3', '2']],
    ['the newest alone when it has no parent', [message('2', null), message('1', null)], ['2']],
    ['a nil parent in the middle', [message('3', '2'), message('2', NIL_UUID), message('1', null)], ['3', '2', '1']],
  ])('should follow %s', (_name, newestFirst, expected) => {
    expect(currentThread(newestFirst).map(({ id }) => id)).toEqual(expected);
  });

  it('should leave out the message being written, and only that', () => {
    const writing = message('3', NIL_UUID, { answer: '', answerTokens: 0 });
    const failed = message('2', NIL_UUID, { answer: '', answerTokens: 0 });

    expect(currentThread([writing, failed, message('1', NIL_UUID)]).map(({ id }) => id)).toEqual(['2', '1']);
  });

  it('should keep a newest message that has tokens but no text', () => {
    expect(currentThread([message('1', null, { answer: '', answerTokens: 5 })])).toHaveLength(1);
  });
});

describe('buildHistory', () => {
  const newestFirst = [message('2', NIL_UUID), message('1', NIL_UUID)];

  it('should give user and assistant messages, oldest first', async () => {
    expect(await buildHistory(newestFirst)).toEqual([
      { role: 'user', content: 'q1' },
      { role: 'assistant', content: 'a1' },
      { role: 'user', content: 'q2' },
      { role: 'assistant', content: 'a2' },
    ]);
  });

  it('should put files before the text of whose they are', async () => {
    const files = [fileFactory({ belongsTo: null }), fileFactory({ belongsTo: 'assistant', filename: 'out.png' })];

    const history = await buildHistory([message('1', null, { files })], {
      files: { reader: new InMemoryFileReader(), imageDetail: 'high' },
    });

    expect(
      history.map(({ content }) =>
        typeof content === 'string' ? content : content.map((part) => (part.type === 'text' ? part.data : part.filename)),
      ),
    ).toEqual([
      ['cat.png', 'q1'],
      ['out.png', 'a1'],
    ]);
  });

  it('should cut nothing without a counter', async () => {
    expect(await buildHistory(newestFirst, { budget: 0 })).toHaveLength(4);
  });

  it.each([
    [8, 4],
    [7, 3],
    [4, 2],
    [2, 1],
    [0, 1],
  ])('should drop the oldest single messages until %i tokens are enough: %i stay', async (budget, stay) => {
    const history = await buildHistory(newestFirst, { budget, counter });

    expect(history.map(({ content }) => content)).toEqual(['q1', 'a1', 'q2', 'a2'].slice(4 - stay));
  });

  it('should keep exactly what dropping one at a time keeps', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.string({ maxLength: 5 }), fc.string({ minLength: 1, maxLength: 5 })), { maxLength: 8 }),
        fc.nat(40),
        async (turns, budget) => {
          const messages = turns.map(([query, answer], index) => message(String(index), NIL_UUID, { query, answer }));
          const expected = await buildHistory(messages);
          while (expected.length > 1 && (await counter.count(expected)) > budget) expected.shift();

          expect(await buildHistory(messages, { budget, counter })).toEqual(expected);
        },
      ),
    );
  });

  it('should look back at 500 messages at most', async () => {
    const many = Array.from({ length: 600 }, (_, index) => message(String(index), NIL_UUID));

    expect(await buildHistory(many)).toHaveLength(1000);
  });
});

describe('historyText', () => {
  it('should write a line a message and pictures as [image]', () => {
    const messages: PromptMessage[] = [
      { role: 'system', content: 'not me' },
      {
        role: 'user',
        content: [
          { type: 'image', format: 'png', mimeType: 'image/png', url: 'u' },
          { type: 'text', data: 'look' },
        ],
      },
      { role: 'assistant', content: 'nice' },
    ];

    expect(historyText(messages, { user: 'Human', assistant: 'Assistant' })).toBe('Human: look\n[image]\nAssistant: nice');
  });
});

describe('PromptMemory', () => {
  const newestFirst = [message('2', NIL_UUID), message('1', NIL_UUID)];
  const current: PromptMessage[] = [{ role: 'user', content: '12345' }];

  it.each([
    [undefined, {}, 4],
    [13, {}, 4],
    [12, {}, 3],
    [13, { max_tokens: 4 }, 2],
    [1, {}, 1],
  ])('should spend context %s less the answer %j and the prompt: %i messages', async (contextSize, parameters, stay) => {
    const schema = schemaFactory({
      properties: contextSize === undefined ? {} : { context_size: contextSize },
      ruleNames: [['max_tokens', null]],
    });
    const memory = new PromptMemory({ newestFirst, schema, parameters, counter });

    expect(await memory.messages(current)).toHaveLength(stay);
  });

  it('should spend 2000 tokens on models of unknown context', async () => {
    const long = [message('2', NIL_UUID), message('1', NIL_UUID, { query: 'x'.repeat(1990) })];
    const memory = new PromptMemory({ newestFirst: long, schema: null, parameters: {}, counter });

    expect((await memory.messages(current)).length).toBe(4);
    expect(
      (
        await new PromptMemory({
          newestFirst: [...long, message('0', NIL_UUID, { query: 'x'.repeat(10) })],
          schema: null,
          parameters: {},
          counter,
        }).messages(current)
      ).length,
    ).toBe(5);
  });
});
