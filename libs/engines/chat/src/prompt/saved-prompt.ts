import type { ContentPart, PromptMessage, ToolCall } from '#engines/model-runtime';
import { mediaUri, textOf } from '#engines/model-runtime';

const SHOWN = 10;

/** A file of a stored prompt: pictures shortened, sound as it was sent (contract models-agents-tools 6.5). */
export type SavedPromptFile = { type: 'image'; data: string; detail: 'low' | 'high' } | { type: 'audio'; data: string; format: string };

/** One message of a stored prompt, with the names of the wire. */
export interface SavedPromptMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  text: string;
  /** Left out for completion-mode models without files. */
  files?: SavedPromptFile[];
  /** An assistant's calls; repeated on what follows up to the next assistant message, as recorded (traces agents/chat-app). */
  tool_calls?: ToolCall[];
}

/** What `messages.message` holds. */
export type SavedPrompt = SavedPromptMessage[];

/** The prompt as it is stored with the message and shown in the console's logs. */
export function savedPrompt(messages: readonly PromptMessage[], modelMode: 'chat' | 'completion'): SavedPrompt {
  if (modelMode === 'completion') return savedCompletion(messages);
  let toolCalls: ToolCall[] = [];
  return messages.map((message) => {
    if (message.role === 'assistant') toolCalls = message.toolCalls ?? [];
    const saved: SavedPromptMessage = { role: message.role, text: savedText(message.content), files: savedFiles(message.content) };
    return toolCalls.length === 0 ? saved : { ...saved, tool_calls: toolCalls };
  });
}

function savedCompletion(messages: readonly PromptMessage[]): SavedPrompt {
  const first = messages[0];
  if (first === undefined) return [];
  const files = savedFiles(first.content);
  return [{ role: 'user', text: savedText(first.content), ...(files.length === 0 ? {} : { files }) }];
}

function savedText(content: string | readonly ContentPart[]): string {
  return textOf(content);
}

function savedFiles(content: string | readonly ContentPart[]): SavedPromptFile[] {
  if (typeof content === 'string') return [];
  return content.flatMap((part): SavedPromptFile[] => {
    if (part.type === 'image') return [{ type: 'image', data: shortened(mediaUri(part)), detail: part.detail ?? 'low' }];
    if (part.type === 'audio') return [{ type: 'audio', data: shortened(mediaUri(part)), format: part.format }];
    return [];
  });
}

function shortened(data: string): string {
  return data.length <= SHOWN * 2 ? data : `${data.slice(0, SHOWN)}...[TRUNCATED]...${data.slice(-SHOWN)}`;
}
