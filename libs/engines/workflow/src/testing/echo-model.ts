import { mockModels, type MockModels } from './mock-models.js';

const PIECES = 20;

/** The models of the recorded runs: say the words of the last user message again and again, in 20 pieces; `FAIL ...` fails, `USE tool {...}` calls a tool. `failure` is asked for the error, attempt by attempt. */
export function echoModels(failure: (attempt: number) => Error): MockModels {
  let failures = 0;
  return mockModels(
    ({ request: { messages, tools } }) => {
      const content = messages.findLast(({ role }) => role === 'user')?.content ?? '';
      const text =
        typeof content === 'string' ? content : content.map((part) => (part.type === 'text' ? part.data : `[${part.type}]`)).join(' ');
      if (/^FAIL \d/.test(text)) return failure(failures++);
      const call = /USE (\w+)\s*(\{.*\})?/.exec(text);
      if (call !== null && (tools?.length ?? 0) > 0)
        return { toolCalls: [{ name: call[1] as string, arguments: call[2] ?? '{}' }], finishReason: 'tool_calls' };
      const words = text.split(/\s+/).filter((word) => word !== '');
      const pieces = Array.from({ length: PIECES }, (_, at) => `${at === 0 ? '' : ' '}${words[at % words.length] ?? 'word'}`);
      return { reads: pieces.map((piece) => [piece]) };
    },
    { features: ['tool-call', 'multi-tool-call', 'stream-tool-call', 'vision'] },
  );
}
