import type { ContentPart, PromptMessage } from '#engines/model-runtime';
import type { AdvancedPromptConfig, CompletionTemplate } from '../config/app-model-config.js';
import { ModelConfigError } from '../chat.errors.js';
import { displayText } from '../inputs/input-text.js';
import type { AssembledPrompt, PromptSource } from './assemble-prompt.js';
import { fillTemplate } from './template.js';
import { userMessage } from './user-message.js';

/** Builds a prompt out of the app's own messages or text (contract models-agents-tools 6.3). */
export function assembleAdvanced(source: PromptSource, prompt: AdvancedPromptConfig): Promise<AssembledPrompt> {
  if (source.modelMode === 'chat') return forChatModel(source, prompt);
  if (prompt.completion === null) {
    throw new ModelConfigError('The app has no prompt for a completion-mode model: save its configuration again.');
  }
  return forCompletionModel(source, prompt.completion);
}

async function forChatModel(source: PromptSource, prompt: AdvancedPromptConfig): Promise<AssembledPrompt> {
  const values = valuesOf(source);
  const messages: PromptMessage[] = prompt.chat
    .map(({ role, text }) => ({ role, content: fillTemplate(text, values) }))
    .filter(({ role, content }) => role !== 'system' || content !== '');
  const stop = source.config.model.stop;
  if (source.memory !== null) {
    const last = userMessage(source.query, source.parts);
    return { messages: [...messages, ...(await source.memory.messages([...messages, last])), last], stop };
  }
  if (source.query !== '') return { messages: [...messages, userMessage(source.query, source.parts)], stop };
  return { messages: source.parts.length === 0 ? messages : withFiles(messages, source.parts), stop };
}

/** Puts files before the text of the last message when it is the user's, else into a message of their own. */
function withFiles(messages: PromptMessage[], parts: readonly ContentPart[]): PromptMessage[] {
  const last = messages.at(-1);
  if (last?.role !== 'user' || typeof last.content !== 'string') return [...messages, userMessage('', parts)];
  return [...messages.slice(0, -1), userMessage(last.content, parts)];
}

async function forCompletionModel(source: PromptSource, template: CompletionTemplate): Promise<AssembledPrompt> {
  const values = valuesOf(source).set('#query#', source.query);
  if (source.memory !== null && template.rolePrefixes !== null) {
    const bare = fillTemplate(template.text, new Map([...values, ['#histories#', '']]));
    values.set('#histories#', await source.memory.text([userMessage(bare, source.parts)], template.rolePrefixes));
  } else {
    values.set('#histories#', '');
  }
  return { messages: [userMessage(fillTemplate(template.text, values), source.parts)], stop: source.config.model.stop };
}

function valuesOf({ inputs, context }: PromptSource): Map<string, string> {
  const values = new Map(Object.entries(inputs).map(([name, value]) => [name, displayText(value)]));
  return values.set('#context#', context ?? '');
}
