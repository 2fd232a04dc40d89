import { Injectable } from '@nestjs/common';
import type { ChatModelPort, ModelChoice } from '#engines/chat';
import { ModelService } from '#features/models';

/** The models of a workspace as the chat pipeline calls them. */
@Injectable()
export class ChatModels {
  constructor(private readonly models: ModelService) {}

  /** The llm of an app. Throws 400 when it can't be called: no credentials, unknown, disabled. */
  async of(tenantId: string, { provider, name: model }: ModelChoice): Promise<ChatModelPort> {
    const prepared = await this.models.prepareLlm(tenantId, { provider, model });
    return { schema: prepared.schema, invoke: ({ signal, stream, ...request }) => prepared.invoke(request, { signal, stream }) };
  }

  /** Whether the workspace has a default llm, which makes titles. */
  async hasDefault(tenantId: string): Promise<boolean> {
    return (await this.models.defaultModel(tenantId, 'llm')) !== null;
  }
}
