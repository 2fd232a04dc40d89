import { emptyUsage, ToolCallCollector, type LlmRequest, type LlmUsage, type MediaPart, type ToolCall } from '#engines/model-runtime';
import type { NodeContext } from '../nodes/node-type.js';
import type { WorkflowModel } from '../ports/models.port.js';

/** All that a model said. */
export interface ModelAnswer {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly usage: LlmUsage;
  readonly finishReason: string | null;
}

/** How a node listens to its model. */
export interface AskOptions {
  /** Whether the answer is read piece by piece, with the times of its beginning and end in the usage. */
  readonly stream: boolean;
  /** Takes what one read of the upstream brought. */
  onText?(text: string): void;
  /** Takes what the model made beside text; returns what stands in its place in the text. */
  onMedia?(media: MediaPart): Promise<string>;
}

/** Asks a model and gathers the answer. Secrets are put into the messages here, and nowhere before. */
export async function askModel(context: NodeContext, model: WorkflowModel, request: LlmRequest, options: AskOptions): Promise<ModelAnswer> {
  const revealed = context.secrets.isEmpty ? request : { ...request, messages: context.secrets.reveal(request.messages) };
  const reads = model.invoke(
    { ...revealed, user: context.facts.userId },
    { signal: context.signal, stream: options.stream, measureTimes: options.stream },
  );
  const calls = new ToolCallCollector();
  let text = '';
  let usage: LlmUsage | undefined;
  let finishReason: string | null = null;
  for await (const chunks of reads) {
    let piece = '';
    for (const chunk of chunks) {
      piece += chunk.text;
      if (chunk.toolCalls !== undefined) calls.add(chunk.toolCalls);
      if (chunk.usage !== undefined) usage = chunk.usage;
      if (chunk.finishReason !== undefined) finishReason = chunk.finishReason;
      if (chunk.media !== undefined && options.onMedia !== undefined)
        for (const media of chunk.media) piece += await options.onMedia(media);
    }
    if (piece === '') continue;
    text += piece;
    options.onText?.(piece);
  }
  return { text, toolCalls: calls.calls, usage: usage ?? emptyUsage(), finishReason };
}
