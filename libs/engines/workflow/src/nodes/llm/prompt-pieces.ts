import type { ModelSchema, PromptMessage } from '#engines/model-runtime';
import { filesAsParts } from '../../models/prompt-files.js';
import { variableNotFound } from '../../models/text-template.js';
import { selectorText } from '../../pool/selector.js';
import { FileValue } from '../../values/file-value.js';
import { renderText } from '../../values/render.js';
import type { Segment } from '../../values/segment.js';
import type { NodeContext } from '../node-type.js';
import type { JinjaPrompts } from './jinja-prompts.js';
import type { PromptPiece } from './llm-settings.js';

/** What the pieces of a prompt are filled from. */
export interface PieceSource {
  readonly context: NodeContext;
  readonly jinja: JinjaPrompts;
  /** What `{{#context#}}` stands for. */
  readonly contextText: string;
  /** What `{{#histories#}}` stands for; null where it is no token. */
  readonly histories: string | null;
}

/** A piece with everything put in. */
export interface FilledPiece {
  readonly text: string;
  /** Files of the variables in it. */
  readonly files: readonly FileValue[];
}

/** Puts variables, context and histories into a piece. Throws when a variable is missing. */
export function fillPiece(piece: PromptPiece, source: PieceSource): FilledPiece {
  if (piece.body.kind === 'jinja2') return { text: source.jinja.render(piece, source.context), files: [] };
  let text = '';
  const files: FileValue[] = [];
  for (const part of piece.body.template) {
    if (part.kind === 'text') text += part.text;
    else if (part.kind === 'special') text += special(part.name, part.source, source);
    else {
      const segment = source.context.pool.get(part.selector);
      if (segment === undefined) throw variableNotFound(`#${selectorText(part.selector)}#`);
      text += renderText(segment);
      files.push(...filesOf(segment));
    }
  }
  return { text, files };
}

/** The messages of pieces: text first, files in a message of their own, nothing for an empty piece. */
export async function pieceMessages(
  pieces: readonly PromptPiece[],
  source: PieceSource,
  look: { schema: ModelSchema | null; detail: 'high' | 'low' },
): Promise<PromptMessage[]> {
  const messages: PromptMessage[] = [];
  for (const piece of pieces) {
    const { text, files } = fillPiece(piece, source);
    if (text !== '') messages.push({ role: piece.role, content: text });
    if (files.length === 0) continue;
    const parts = await filesAsParts(files, source.context, look);
    if (parts.length > 0) messages.push({ role: piece.role, content: parts });
  }
  return messages;
}

function special(name: string, source: string, { contextText, histories }: PieceSource): string {
  // Dify replaces the inner part of the token only: the braces around it reach the model, as its recorded prompts show.
  if (name === 'context') return contextText === '' ? '' : `{${contextText}}`;
  if (name === 'histories' && histories !== null) return histories;
  return source;
}

function filesOf({ type, value }: Segment): readonly FileValue[] {
  if (value instanceof FileValue) return [value];
  return type === 'array[file]' ? (value as FileValue[]) : [];
}
