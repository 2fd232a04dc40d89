import type { PromptMemory } from '#engines/chat';
import type { ModelSchema, PromptMessage } from '#engines/model-runtime';
import { addParts } from '../../models/add-parts.js';
import { filesAsParts } from '../../models/prompt-files.js';
import { SYSTEM_NODE } from '../../pool/selector.js';
import type { FileValue } from '../../values/file-value.js';
import { renderText } from '../../values/render.js';
import { WorkflowError } from '../../workflow.errors.js';
import type { NodeContext } from '../node-type.js';
import type { PromptContext } from './context-of.js';
import type { JinjaPrompts } from './jinja-prompts.js';
import type { LlmSettings } from './llm-settings.js';
import { fillPiece, pieceMessages, type PieceSource } from './prompt-pieces.js';

/** What a prompt is made of. */
export interface PromptSource {
  readonly settings: LlmSettings;
  readonly context: NodeContext;
  readonly jinja: JinjaPrompts;
  readonly schema: ModelSchema | null;
  readonly memory: PromptMemory | null;
  readonly knowledge: PromptContext;
  /** Files to look at. */
  readonly files: readonly FileValue[];
}

/** Builds the prompt of an llm node (contract workflow-engine 7.4). Throws when nothing is left of it. */
export async function llmPrompt(source: PromptSource): Promise<PromptMessage[]> {
  const { settings, context, schema, knowledge, files } = source;
  let messages = await (settings.form === 'chat' ? chatPrompt(source) : completionPrompt(source));
  if (settings.vision !== null) {
    const look = { schema, detail: settings.vision.detail };
    messages = addParts(messages, await filesAsParts(files, context, look));
    messages = addParts(messages, await filesAsParts(knowledge.files, context, look));
  }
  if (messages.length > 0) return messages;
  throw new WorkflowError('No prompt found in the LLM configuration. Please ensure a prompt is properly configured before proceeding.', {
    errorType: 'NoPromptFoundError',
  });
}

async function chatPrompt(source: PromptSource): Promise<PromptMessage[]> {
  const { settings, context, schema, memory } = source;
  const fill = pieceSource(source, null);
  const look = { schema, detail: settings.vision?.detail ?? 'high' };
  const messages = await pieceMessages(settings.pieces, fill, look);
  if (settings.memory === null) return messages;
  const history = memory === null ? [] : await memory.messages(messages);
  const { memoryQuery } = settings;
  const query = memoryQuery === null ? userQuery(context) : await pieceMessages([memoryQuery], fill, look);
  return [...messages, ...history, ...query];
}

async function completionPrompt(source: PromptSource): Promise<PromptMessage[]> {
  const { settings, memory } = source;
  const [piece] = settings.pieces;
  if (piece === undefined) return [];
  const bare = fillPiece(piece, pieceSource(source, '')).text;
  if (memory === null) return asUser(bare);
  const prefixes = settings.memory?.prefixes ?? null;
  if (prefixes === null)
    throw new WorkflowError('Memory role prefix is required for completion model: set the names of user and assistant in the node.', {
      errorType: 'MemoryRolePrefixRequiredError',
    });
  const histories = await memory.text(asUser(bare), prefixes);
  const full = fillPiece(piece, pieceSource(source, histories)).text;
  const hasPlace = piece.body.kind === 'basic' && piece.body.template.some((part) => part.kind === 'special' && part.name === 'histories');
  return asUser(hasPlace || histories === '' ? full : `${histories}\n${full}`);
}

function pieceSource({ context, jinja, knowledge }: PromptSource, histories: string | null): PieceSource {
  return { context, jinja, contextText: knowledge.text, histories };
}

/** What the person who chats has asked. */
function userQuery({ pool }: NodeContext): PromptMessage[] {
  const segment = pool.get([SYSTEM_NODE, 'query']);
  return segment === undefined ? [] : asUser(renderText(segment));
}

function asUser(text: string): PromptMessage[] {
  return text === '' ? [] : [{ role: 'user', content: text }];
}
