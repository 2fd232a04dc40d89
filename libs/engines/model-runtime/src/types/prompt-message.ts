/** A function call the model asked for. `arguments` is JSON text as the model wrote it, possibly malformed. */
export interface ToolCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

/** Plain text. */
export interface TextPart {
  type: 'text';
  data: string;
}

/** What all media parts have. The model is sent `url` when set, else a `data:` URI of `base64Data`. */
export interface MediaFields {
  /** File extension without a dot, such as `png`. */
  format: string;
  mimeType: string;
  url?: string;
  base64Data?: string;
  filename?: string;
}

/** A picture; `detail` is the resolution the vendor should look at. */
export interface ImagePart extends MediaFields {
  type: 'image';
  detail?: 'low' | 'high';
}

/** Sound, a film, or a document such as a PDF. */
export interface FilePart extends MediaFields {
  type: 'audio' | 'video' | 'document';
}

export type MediaPart = ImagePart | FilePart;
export type ContentPart = TextPart | MediaPart;
export type MessageRole = 'system' | 'user' | 'assistant' | 'tool';

/** One message of a prompt (contract 1.5). */
export type PromptMessage = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

interface MessageFields {
  content: string | ContentPart[];
  name?: string;
}

export interface SystemMessage extends MessageFields {
  role: 'system';
}

export interface UserMessage extends MessageFields {
  role: 'user';
}

export interface AssistantMessage extends MessageFields {
  role: 'assistant';
  toolCalls?: ToolCall[];
}

/** What a tool answered to the call `toolCallId`; `name` is the tool's. */
export interface ToolMessage extends MessageFields {
  role: 'tool';
  toolCallId: string;
}

/** A function the model may call. */
export interface PromptTool {
  name: string;
  description: string;
  /** JSON Schema of the arguments. */
  parameters: Record<string, unknown>;
}

/** The text of a message's content; media parts are left out. */
export function textOf(content: string | readonly ContentPart[]): string {
  if (typeof content === 'string') return content;
  return content.map((part) => (part.type === 'text' ? part.data : '')).join('');
}

/** What is sent for a media part: its URL or a `data:` URI. */
export function mediaUri(part: MediaPart): string {
  return part.url ? part.url : `data:${part.mimeType};base64,${part.base64Data ?? ''}`;
}
