import type { PromptMessage } from '#engines/model-runtime';
import type { TextClass } from './classifier-settings.js';

/** What is asked of the model. */
export interface Classification {
  readonly query: string;
  readonly classes: readonly TextClass[];
  readonly instruction: string;
  /** What was said before; "" for nothing. */
  readonly histories: string;
}

const TASK = `You sort texts into categories. You get a JSON object: \`input_text\` holds the text, \`categories\` what it can be, each with an id and a name, and \`classification_instructions\` further rules of the author, if there are any.
Choose the one category that fits the text best; keep to the rules of the author. What was said earlier, inside <histories>, helps to understand the text and is not itself sorted.
Answer with one JSON object and nothing else. Its keys: \`keywords\`, the words of the text that decided; \`category_id\` and \`category_name\`, copied from the category you chose.`;

const EXAMPLES = [
  {
    query: 'The parcel came on Tuesday, but the lamp in it is cracked.',
    classes: [
      { id: 'a1', name: 'Damaged goods' },
      { id: 'a2', name: 'Late delivery' },
      { id: 'a3', name: 'Invoices' },
    ],
    instruction: '',
    reply: { keywords: ['lamp', 'cracked'], category_id: 'a1', category_name: 'Damaged goods' },
  },
  {
    query: 'quiero cambiar mi contraseña',
    classes: [
      { id: 'b1', name: 'Account' },
      { id: 'b2', name: 'Prices' },
    ],
    instruction: 'Everything about signing in belongs to the account.',
    reply: { keywords: ['cambiar', 'contraseña'], category_id: 'b1', category_name: 'Account' },
  },
] as const;

/** The prompt for chat models: the task, two examples, the question. */
export function chatClassification(asked: Classification): PromptMessage[] {
  return [
    { role: 'system', content: `${TASK}\n${historiesOf(asked)}` },
    ...EXAMPLES.flatMap((example): PromptMessage[] => [
      { role: 'user', content: question(example) },
      { role: 'assistant', content: JSON.stringify(example.reply) },
    ]),
    { role: 'user', content: question(asked) },
  ];
}

/** The same in one text, for completion models. */
export function completionClassification(asked: Classification): PromptMessage[] {
  const examples = EXAMPLES.map((example) => `Input: ${question(example)}\nOutput: ${JSON.stringify(example.reply)}`);
  return [{ role: 'user', content: [TASK, historiesOf(asked), ...examples, `Input: ${question(asked)}\nOutput:`].join('\n\n') }];
}

function historiesOf({ histories }: Classification): string {
  return `<histories>\n${histories}\n</histories>`;
}

function question({
  query,
  classes,
  instruction,
}: Pick<Classification, 'query' | 'instruction'> & { classes: readonly { id: string; name: string }[] }): string {
  return JSON.stringify({
    input_text: [query],
    categories: classes.map(({ id, name }) => ({ category_id: id, category_name: name })),
    classification_instructions: [instruction],
  });
}
