import { PromptMemory } from '#engines/chat';
import type { NodeContext } from '../nodes/node-type.js';
import type { WorkflowModel } from '../ports/models.port.js';
import type { MemorySettings } from './memory-settings.js';
import type { ModelSettings } from './model-settings.js';
import { partOptions, takesFile } from './prompt-files.js';

/**
 * What a node remembers of the conversation (contract workflow-engine 8). Null where it is not to remember, or there is no conversation. Files that the model does
 * not take are left out.
 */
export async function runMemory(
  settings: MemorySettings | null,
  context: NodeContext,
  { model, parameters }: { model: WorkflowModel; parameters: ModelSettings['parameters'] },
): Promise<PromptMemory | null> {
  const { ports, facts } = context;
  if (settings === null || facts.conversationId === null || ports.memory === undefined) return null;
  const { schema } = model;
  const messages = (await ports.memory.latest(facts.conversationId, settings.limit)).map((message) => ({
    ...message,
    files: message.files.filter((file) => takesFile(schema, file.type)),
  }));
  return new PromptMemory({
    newestFirst: messages,
    schema,
    parameters,
    ...(ports.files && { files: partOptions(context, ports.files, 'high') }),
    ...(ports.tokens && { counter: ports.tokens }),
  });
}
