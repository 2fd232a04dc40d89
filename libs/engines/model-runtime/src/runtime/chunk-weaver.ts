import type { LlmChunk, LlmDelta } from '../types/llm.js';
import type { TokenCounts } from '../types/usage.js';

const OPEN = '<think>\n';
const CLOSE = '\n</think>';

/** What is left to say when a provider has said all. */
export interface StreamEnd {
  /** Text that is still to come: the end of an open thought. */
  text: string;
  finishReason?: string;
  tokens?: TokenCounts;
  /** All that was answered, thoughts and tool calls too: to be counted when the vendor did not. */
  said: string;
}

/**
 * Makes chunks out of a provider's deltas: puts reasoning into the text (`tagged`), and keeps back reason and counts for the last chunk. A delta with
 * text only passes as it is.
 */
export class ChunkWeaver {
  private thinking = false;
  private said = '';
  private finishReason?: string;
  private tokens?: TokenCounts;

  constructor(private readonly reasoning: 'tagged' | 'separated') {}

  weave(deltas: readonly LlmDelta[]): LlmChunk[] {
    const chunks: LlmChunk[] = [];
    for (const delta of deltas) {
      const chunk = this.one(delta);
      if (chunk) chunks.push(chunk);
    }
    return chunks;
  }

  end(): StreamEnd {
    const text = this.thinking ? CLOSE : '';
    this.thinking = false;
    return { text, finishReason: this.finishReason, tokens: this.tokens, said: this.said };
  }

  private one(delta: LlmDelta): LlmChunk | null {
    const { tokens, finishReason, reasoning, toolCalls, media } = delta;
    if (tokens) this.tokens = tokens;
    if (finishReason !== undefined) this.finishReason = finishReason;
    this.said += delta.text;
    if (reasoning !== undefined) this.said += reasoning;
    for (const call of toolCalls ?? []) this.said += (call.name ?? '') + call.arguments;
    if (tokens === undefined && finishReason === undefined && reasoning === undefined && !this.thinking) return delta;
    const chunk: LlmChunk = { text: this.reasoning === 'tagged' ? this.tagged(delta) : delta.text };
    if (reasoning !== undefined && this.reasoning === 'separated') chunk.reasoning = reasoning;
    if (toolCalls) chunk.toolCalls = toolCalls;
    if (media) chunk.media = media;
    if (delta.systemFingerprint !== undefined) chunk.systemFingerprint = delta.systemFingerprint;
    return chunk.text === '' && chunk.reasoning === undefined && !toolCalls && !media ? null : chunk;
  }

  private tagged(delta: LlmDelta): string {
    let text = '';
    if (delta.reasoning !== undefined && delta.reasoning !== '') {
      text += this.thinking ? delta.reasoning : OPEN + delta.reasoning;
      this.thinking = true;
    }
    if (this.thinking && (delta.text !== '' || delta.toolCalls)) {
      text += CLOSE;
      this.thinking = false;
    }
    return text + delta.text;
  }
}

/** A whole answer's text with its reasoning in front. */
export function tagReasoning(text: string, reasoning: string | undefined): string {
  return reasoning ? OPEN + reasoning + CLOSE + text : text;
}
