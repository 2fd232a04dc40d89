import type { PromptMessage } from '#engines/model-runtime';
import type { WantedParameter } from './extractor-settings.js';
import { EXTRACT_FUNCTION, parameterSchema } from './parameter-schema.js';

/** What is asked of the model. */
export interface Extraction {
  readonly query: string;
  readonly parameters: readonly WantedParameter[];
  readonly instruction: string;
  /** What was said before; "" for nothing. */
  readonly histories: string;
}

const EXAMPLES = [
  {
    query: 'Book a table for four at the harbour, please.',
    parameters: [{ name: 'guests', type: 'number', options: null, description: 'How many people come', required: true }],
    found: { guests: 4 },
  },
  {
    query: 'My train to Lisbon leaves at noon.',
    parameters: [{ name: 'destination', type: 'string', options: null, description: 'Where the journey goes', required: true }],
    found: { destination: 'Lisbon' },
  },
] as const satisfies readonly { query: string; parameters: readonly WantedParameter[]; found: Record<string, unknown> }[];

/** For models that call functions: the task, two calls as examples, the text. */
export function functionExtraction(asked: Extraction): PromptMessage[] {
  const task = `You take facts out of texts. Call the function \`${EXTRACT_FUNCTION}\` with what the text inside <context> says about each parameter of <structure>; where a parameter is a list, take everything that fits. Leave out what the text does not say: invent nothing. Always call the function, and write nothing beside it.`;
  return [
    { role: 'system', content: withRules(task, asked) },
    ...EXAMPLES.flatMap((example, index): PromptMessage[] => {
      const id = `call_example_${String(index + 1)}`;
      return [
        { role: 'user', content: functionQuestion(example) },
        {
          role: 'assistant',
          content: 'The text names it, so I call the function.',
          toolCalls: [{ id, type: 'function', function: { name: EXTRACT_FUNCTION, arguments: JSON.stringify(example.found) } }],
        },
        { role: 'tool', content: 'Taken.', toolCallId: id, name: EXTRACT_FUNCTION },
        { role: 'assistant', content: 'The parameters of this text are taken.' },
      ];
    }),
    { role: 'user', content: functionQuestion(asked) },
  ];
}

const JSON_TASK =
  'You take facts out of texts. For each parameter of <structure>, which is a JSON schema, find what the text inside <text> says; where a parameter is a list, take everything that fits. Leave out what the text does not say: invent nothing. Answer with one JSON object that follows the schema, and nothing else.';

/** For all other chat models: the task, two answers as examples, the text. */
export function jsonExtraction(asked: Extraction): PromptMessage[] {
  return [
    { role: 'system', content: withRules(JSON_TASK, asked) },
    ...EXAMPLES.flatMap((example): PromptMessage[] => [
      { role: 'user', content: jsonQuestion(example) },
      { role: 'assistant', content: JSON.stringify(example.found) },
    ]),
    { role: 'user', content: jsonQuestion(asked) },
  ];
}

/** The same in one text, for completion models. */
export function completionExtraction(asked: Extraction): PromptMessage[] {
  const examples = EXAMPLES.map((example) => `${jsonQuestion(example)}\nJSON: ${JSON.stringify(example.found)}`);
  return [{ role: 'user', content: [withRules(JSON_TASK, asked), ...examples, `${jsonQuestion(asked)}\nJSON:`].join('\n\n') }];
}

function withRules(task: string, { instruction, histories }: Extraction): string {
  return `${task}
What was said earlier, to understand the text by:
<histories>
${histories}
</histories>
Rules of the author, to be kept as far as they go:
<instruction>
${instruction}
</instruction>`;
}

function functionQuestion({ query, parameters }: Pick<Extraction, 'query' | 'parameters'>): string {
  return `<context>\n${query}\n</context>\n\n<structure>\n${JSON.stringify(parameterSchema(parameters))}\n</structure>`;
}

function jsonQuestion({ query, parameters }: Pick<Extraction, 'query' | 'parameters'>): string {
  return `<structure>\n${JSON.stringify(parameterSchema(parameters))}\n</structure>\n\n<text>\n${query}\n</text>`;
}
