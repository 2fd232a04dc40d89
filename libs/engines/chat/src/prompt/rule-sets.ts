/** The fixed parts of a prompt in one language. Sentences are our own; tags, order and stops are those of contract models-agents-tools 6.2. */
export interface PromptRules {
  readonly humanPrefix: string;
  readonly assistantPrefix: string;
  readonly contextBlock: string;
  readonly historiesBlock: string;
  /** Appended for completion-mode models of chat apps. */
  readonly chatQuery: string;
  readonly chatStops: readonly string[];
  /** Stops of the default expert templates. */
  readonly templateStops: readonly string[];
}

export const COMMON_RULES: PromptRules = {
  humanPrefix: 'Human',
  assistantPrefix: 'Assistant',
  contextBlock: `Treat the text between the XML tags <context></context> as knowledge that you have learned.

<context>
{{#context#}}
</context>

How to answer:
- If you do not know something, say that you do not know it.
- If you are not sure what is meant, ask for clarification.
- Never mention that you were given a context.
- Answer in the language in which you are asked.

`,
  historiesBlock: `What was said so far stands between the XML tags <histories></histories>.

<histories>
{{#histories#}}
</histories>

`,
  chatQuery: '\n\nHuman: {{#query#}}\n\nAssistant: ',
  chatStops: ['\nHuman:', '</histories>'],
  templateStops: ['Human:'],
};

export const CHINESE_RULES: PromptRules = {
  humanPrefix: '用户',
  assistantPrefix: '助手',
  contextBlock: `请把 <context></context> 标签之间的文字当作你已经掌握的知识。

<context>
{{#context#}}
</context>

回答要求：
- 不知道的事情，请直接说不知道。
- 不确定问题的意思时，请先询问清楚。
- 不要提到这些内容是提供给你的。
- 请使用提问者的语言作答。

`,
  historiesBlock: `此前的对话记录在 <histories></histories> 标签之间。

<histories>
{{#histories#}}
</histories>

`,
  chatQuery: '\n\n用户：{{#query#}}\n\n助手：',
  chatStops: ['用户：', '</histories>'],
  templateStops: ['用户：'],
};

const HOSTS_OF_BAICHUAN = ['huggingface_hub', 'openllm', 'xinference'];

/** Chinese for Baichuan's models, else the common rules. */
export function rulesFor(provider: string, model: string): PromptRules {
  const isHosted = HOSTS_OF_BAICHUAN.includes(provider) && model.toLowerCase().includes('baichuan');
  return provider === 'baichuan' || isHosted ? CHINESE_RULES : COMMON_RULES;
}
