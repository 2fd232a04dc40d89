import type { PromptMessage } from '#engines/model-runtime';
import type { SimplePromptConfig } from '../config/app-model-config.js';
import { own } from '../config/values.js';
import { inputText } from '../inputs/input-text.js';
import type { Inputs } from '../inputs/prepare-inputs.js';
import type { AssembledPrompt, PromptSource } from './assemble-prompt.js';
import { rulesFor } from './rule-sets.js';
import type { PromptRules } from './rule-sets.js';
import { fillTemplate, variablesOf } from './template.js';
import { userMessage } from './user-message.js';

/** Builds a prompt out of the app's own text and the fixed blocks (contract models-agents-tools 6.2). */
export function assembleSimple(source: PromptSource, prompt: SimplePromptConfig): Promise<AssembledPrompt> {
  const { provider, name } = source.config.model;
  const rules = rulesFor(provider, name);
  const head = headOf(source, prompt, rules);
  return source.modelMode === 'chat' ? forChatModel(source, head) : forCompletionModel(source, head, rules);
}

/** Context block and pre-prompt, filled. */
function headOf(source: PromptSource, prompt: SimplePromptConfig, rules: PromptRules): string {
  const context = source.context === null ? '' : fillTemplate(rules.contextBlock, new Map([['#context#', source.context]]));
  const text = prompt.prePrompt === '' ? '' : fillTemplate(`${prompt.prePrompt}\n`, inputValues(prompt.prePrompt, source.inputs));
  return context + text;
}

function inputValues(template: string, inputs: Inputs): Map<string, string> {
  const values = new Map<string, string>();
  for (const name of variablesOf(template)) {
    const value = own(inputs, name);
    if (value !== undefined) values.set(name, inputText(inputs[name] ?? null));
  }
  return values;
}

async function forChatModel(source: PromptSource, head: string): Promise<AssembledPrompt> {
  const { query, parts, memory } = source;
  const messages: PromptMessage[] = head !== '' && query !== '' ? [{ role: 'system', content: head }] : [];
  const last = userMessage(query === '' ? head : query, parts);
  if (memory !== null) messages.push(...(await memory.messages([...messages, last])));
  messages.push(last);
  return { messages, stop: null };
}

async function forCompletionModel(source: PromptSource, head: string, rules: PromptRules): Promise<AssembledPrompt> {
  const isChat = source.config.mode !== 'completion';
  const tail = fillTemplate(isChat ? rules.chatQuery : '{{#query#}}', new Map([['#query#', source.query]]));
  const histories = source.memory === null || !isChat ? '' : await historiesBlock(source, head + tail, rules);
  return { messages: [userMessage(head + histories + tail, source.parts)], stop: isChat ? rules.chatStops : null };
}

/** Measures the prompt without histories first, then renders as much of them as fits. */
async function historiesBlock(source: PromptSource, bare: string, rules: PromptRules): Promise<string> {
  if (source.memory === null) return '';
  const prefixes = { user: rules.humanPrefix, assistant: rules.assistantPrefix };
  const histories = await source.memory.text([userMessage(bare, source.parts)], prefixes);
  return fillTemplate(rules.historiesBlock, new Map([['#histories#', histories]]));
}
