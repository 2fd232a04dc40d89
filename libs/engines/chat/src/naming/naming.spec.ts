import { NIL_UUID } from '#common';
import type { HistoryMessage } from '../memory/thread.js';
import { fallbackConversationName, initialConversationName } from './conversation-name.js';
import { parseTitle, titleRequest } from './conversation-title.js';
import { parseSuggestedQuestions, suggestedQuestionsRequest } from './suggested-questions.js';

describe('initialConversationName', () => {
  it.each([
    ['', 'New conversation'],
    ['Hello there friend', 'Hello there friend'],
    ['x'.repeat(20), 'x'.repeat(20)],
    ['USE echo_get {"word":"debug"}', 'USE echo_get {"word"…'],
    ['🌍'.repeat(21), `${'🌍'.repeat(20)}…`],
  ])('should name %j %j (trace agents/chat-app-console)', (query, name) => {
    expect(initialConversationName(query)).toBe(name);
  });
});

describe('fallbackConversationName', () => {
  it.each([
    ['short', 'short'],
    ['x'.repeat(50), 'x'.repeat(50)],
    ['x'.repeat(51), `${'x'.repeat(47)}...`],
  ])('should name %j %j', (query, name) => {
    expect(fallbackConversationName(query)).toBe(name);
  });
});

describe('titleRequest', () => {
  it('should ask for at most 500 tokens at temperature 1, on one line', () => {
    const request = titleRequest('a\nb');

    expect(request.parameters).toEqual({ max_tokens: 500, temperature: 1 });
    expect(request.messages[0]?.content).toMatch(/a b$/);
  });

  it('should shorten long queries to their ends, and no character in half', () => {
    const query = `${'a'.repeat(299)}🌍${'b'.repeat(3000)}`;
    const content = titleRequest(query).messages[0]?.content as string;

    expect(content).toMatch(/a\ufffd\.\.\.\[TRUNCATED\]\.\.\.b{300}$/);
    expect((titleRequest('c'.repeat(2000)).messages[0]?.content as string).endsWith('c'.repeat(2000))).toBe(true);
  });
});

describe('parseTitle', () => {
  it.each([
    ['{"title":"Cats"}', 'Cats'],
    ['Sure!\n```json\n{"title": " Cats and dogs "}\n```', 'Cats and dogs'],
    ['{"Language":"en","Your Output":"Cats"}', 'Cats'],
    ['{"title":"Cats",}', 'Cats'],
    ['{"title": "Cats {1}"} and {"title":"Dogs"}', 'Cats {1}'],
    ['{"title": "Cats with \\"quotes\\""', 'Cats with "quotes"'],
    ['{"title": "Cut of', 'Cut of'],
    ['{"title":5}', 'query'],
    ['{"title":""}', 'query'],
    ['no json', 'query'],
    ['', 'query'],
    ['[]', 'query'],
    [`{"title":"${'x'.repeat(76)}"}`, `${'x'.repeat(75)}...`],
  ])('should read %j as %j', (reply, title) => {
    expect(parseTitle(reply, 'query')).toBe(title);
  });
});

describe('parseSuggestedQuestions', () => {
  it.each<[string, string[]]>([
    ['["a","b","c"]', ['a', 'b', 'c']],
    ['Here: ["What is [1]?", "b"] done', ['What is [1]?', 'b']],
    ['["a", 5, null, " ", "b",]', ['a', 'b']],
    ['[1] see ["a"]', ['a']],
    ['```json\n[\n "a",\n "b"\n]\n```', ['a', 'b']],
    ['["unfinished', []],
    ['no list', []],
    ['[]', []],
    ['{"a":["x"]}', ['x']],
    ['['.repeat(100_000), []],
  ])('case %#', (reply, questions) => {
    expect(parseSuggestedQuestions(reply)).toEqual(questions);
  });
});

describe('suggestedQuestionsRequest', () => {
  const messages: HistoryMessage[] = [5, 4, 3, 2, 1].map((n) => ({
    id: String(n),
    parentMessageId: NIL_UUID,
    query: `q${n}`,
    answer: `a${n}`,
    answerTokens: 1,
    files: [],
  }));

  it('should show the last three messages of the thread and ask for questions', async () => {
    const request = await suggestedQuestionsRequest(messages);

    expect(request.parameters).toEqual({ max_tokens: 256, temperature: 0 });
    expect(request.messages[0]?.content).toMatch(/^Human: q3\nAssistant: a3\nHuman: q4\nAssistant: a4\nHuman: q5\nAssistant: a5\n\n/);
    expect(request.messages[0]?.content).toContain('three');
  });

  it('should take instruction and limits from the operator', async () => {
    const request = await suggestedQuestionsRequest(messages, { instruction: 'Ask away.', maxTokens: 9, temperature: 0.5 });

    expect(request.messages[0]?.content).toMatch(/a5\n\nAsk away\.\n$/);
    expect(request.parameters).toEqual({ max_tokens: 9, temperature: 0.5 });
  });

  it('should find no questions in an echo of its own prompt', async () => {
    const request = await suggestedQuestionsRequest(messages);

    expect(parseSuggestedQuestions(request.messages[0]?.content as string)).toEqual([]);
  });
});
