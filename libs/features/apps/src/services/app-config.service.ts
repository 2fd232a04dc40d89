import { Injectable } from '@nestjs/common';
import { InvalidParamError, isJsonObject } from '#common';
import { type ModelConfigDocument, ModelConfigError, validateAppModelConfig } from '#engines/chat';
import { Cache } from '#platform/bus';
import { Transactions } from '#platform/database';
import type { AppMode } from '#platform/http';
import type { AppActor } from '../app-actor.js';
import { isEasyMode } from '../app-modes.js';
import { AppNotFoundError } from '../apps.errors.js';
import { AppModels } from '../registries/app-models.port.js';
import { AppModelConfigRepository } from '../repositories/app-model-config.repository.js';
import { AppRepository } from '../repositories/app.repository.js';
import { AppService } from './app.service.js';
import { PUBLISHED_CACHE, publishedKey } from './published-apps.service.js';
import { rowOfConfig } from './stored-config.js';

/** Model configurations of chat, agent and completion apps; every save is a new row. */
@Injectable()
export class AppConfigService {
  constructor(
    private readonly existing: AppService,
    private readonly apps: AppRepository,
    private readonly configs: AppModelConfigRepository,
    private readonly models: AppModels,
    private readonly transactions: Transactions,
    private readonly cache: Cache,
  ) {}

  /** Checks and saves a configuration as a new row, which the app then uses (contract console-apps 5). Throws `invalid_param` (400). */
  async save(actor: AppActor, appId: string, body: Record<string, unknown>): Promise<void> {
    const app = await this.existing.get(actor.tenantId, appId, ['chat', 'agent-chat', 'completion']);
    const document = await this.check(actor.tenantId, app.mode, body);
    const config = rowOfConfig(document, { tenantId: actor.tenantId, appId, accountId: actor.accountId });
    await this.transactions.run(async (tx) => {
      await this.configs.insert(config, tx);
      await this.apps.update(
        actor.tenantId,
        appId,
        { mode: modeWith(document, app.mode), appModelConfigId: config.id, updatedBy: actor.accountId, updatedAt: new Date() },
        tx,
      );
      this.transactions.afterCommit(tx, () => this.cache.invalidate(PUBLISHED_CACHE, publishedKey(actor.tenantId, appId)));
    });
  }

  /** The configuration with what the mode keeps of it. Throws `invalid_param` (400) at the first violation. */
  async check(tenantId: string, mode: AppMode, body: Record<string, unknown>): Promise<ModelConfigDocument> {
    if (!isEasyMode(mode)) throw new AppNotFoundError();
    try {
      return await validateAppModelConfig(mode, body, this.models.factsOf(tenantId));
    } catch (error) {
      throw error instanceof ModelConfigError ? new InvalidParamError(error.message, { cause: error }) : error;
    }
  }

  /** What an app begins with that nobody has configured yet: the default model of its workspace. */
  async defaultFor(tenantId: string, mode: AppMode): Promise<ModelConfigDocument> {
    const { provider, name, mode: modelMode } = await this.models.defaultLlm(tenantId);
    const model = { provider, name, mode: modelMode, completion_params: {} };
    if (mode !== 'completion') return { model, prompt_type: 'simple' };
    const form = [{ paragraph: { label: 'Query', variable: 'query', required: true, default: '' } }];
    return { model, prompt_type: 'simple', pre_prompt: '{{query}}', user_input_form: form };
  }
}

/** A chat app whose configuration makes an agent of it is one from then on (contract console-apps 2.6). */
function modeWith(document: ModelConfigDocument, mode: AppMode): AppMode {
  const agent = document.agent_mode;
  const isAgent = isJsonObject(agent) && agent.enabled === true && (agent.strategy === 'function_call' || agent.strategy === 'react');
  return mode === 'chat' && isAgent ? 'agent-chat' : mode;
}
