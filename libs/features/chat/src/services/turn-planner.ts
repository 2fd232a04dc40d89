import { Injectable } from '@nestjs/common';
import { InvalidParamError, uuidv7 } from '#common';
import { type AppModelConfig, InputFormError, ModelConfigError, parseAppModelConfig, prepareInputs, prepareQuery } from '#engines/chat';
import { AppConfigService, AppUnavailableError, type PublishedApp, PublishedApps } from '#features/apps';
import { type Conversation, type ConversationOwner, ConversationService, LINEAR_PARENT } from '#features/conversations';
import type { AppRunRequest, GivenIds } from '#features/runs';
import { QueryRequiredError } from '../chat.errors.js';
import type { Turn } from '../turn.js';
import { ChatModels } from './chat-models.js';
import type { TurnStart } from './chat-executor.js';
import { TurnFiles } from './turn-files.js';

/** A configuration and where it came from. */
interface ChosenConfig {
  config: AppModelConfig;
  configId: string | null;
  override: string | null;
}

/** Checks a request to run a chat or completion app and looks up all it needs; nothing is written. */
@Injectable()
export class TurnPlanner {
  constructor(
    private readonly published: PublishedApps,
    private readonly configs: AppConfigService,
    private readonly conversations: ConversationService,
    private readonly models: ChatModels,
    private readonly files: TurnFiles,
  ) {}

  /** Throws what the caller is told before the first frame (contract service-and-web-api 6), in the contract's order. */
  async plan(request: AppRunRequest, { requestId, runId }: GivenIds = {}): Promise<{ turn: Turn; start: TurnStart }> {
    const mode = request.mode === 'completion' ? 'completion' : 'chat';
    const query = prepareQuery(request.query);
    if (mode === 'chat' && query === '') throw new QueryRequiredError();
    const { tenantId, appId } = request;
    const owner = ownerOf(request);
    const conversation =
      request.conversationId === null || mode === 'completion'
        ? null
        : await this.conversations.get({ tenantId, appId, owner }, request.conversationId);
    const app = await this.published.find(tenantId, appId);
    if (app === null) throw new AppUnavailableError();
    const { config, configId, override } = await this.configOf(request, mode, app, conversation);
    const model = await this.models.of(tenantId, config.model);
    const files = await asInvalidParam(() => this.files.resolve({ tenantId, appId, owner }, request.files, config.fileUpload));
    const inputs = await asInvalidParam(() => prepareInputs(config.inputForm, request.inputs));
    const turn: Turn = {
      tenantId,
      appId,
      mode,
      owner,
      invokeFrom: invokeFromOf(request),
      config,
      configId,
      overrideModelConfigs: override,
      conversationId: conversation?.id ?? uuidv7(),
      messageId: uuidv7(),
      isNewConversation: conversation === null,
      parentMessageId: parentOf(request, mode),
      inputs,
      query,
      files,
      stream: request.stream,
      title: await this.titleOf(request, mode, conversation),
      origin: request.origin ?? '',
      createdAt: new Date(),
      requestId: requestId ?? null,
    };
    return { turn, start: { model, appLimit: app.app.maxActiveRequests, ...(runId !== undefined && { runId }) } };
  }

  /** The debugger's own, else the one that the conversation began with, else the one in force (contract models-agents-tools 5). */
  private async configOf(
    request: AppRunRequest,
    mode: Turn['mode'],
    app: PublishedApp,
    conversation: Conversation | null,
  ): Promise<ChosenConfig> {
    const { tenantId, appId, modelConfig } = request;
    if (modelConfig !== undefined && request.invokeFrom === 'debugger') return this.override(tenantId, mode, modelConfig);
    const kept = conversation?.overrideModelConfigs ?? null;
    if (kept !== null)
      return { config: parseAppModelConfig(mode, JSON.parse(kept) as Record<string, unknown>), configId: null, override: kept };
    const keptId = conversation?.appModelConfigId ?? null;
    if (keptId !== null && keptId !== app.configId) {
      const config = await this.published.findConfig(tenantId, appId, keptId);
      if (config !== null) return { config, configId: keptId, override: null };
    }
    if (app.parsed === null || app.configId === null) throw new AppUnavailableError();
    return { config: app.parsed, configId: app.configId, override: null };
  }

  private async override(tenantId: string, mode: Turn['mode'], modelConfig: Record<string, unknown>): Promise<ChosenConfig> {
    const shown = mode === 'chat' ? { ...modelConfig, retriever_resource: { enabled: true } } : modelConfig;
    const document = await asInvalidParam(() => this.configs.check(tenantId, mode, shown));
    return { config: await asInvalidParam(() => parseAppModelConfig(mode, document)), configId: null, override: JSON.stringify(document) };
  }

  private async titleOf(request: AppRunRequest, mode: Turn['mode'], conversation: Conversation | null): Promise<Turn['title']> {
    if (conversation !== null || mode === 'completion' || request.autoGenerateName !== true) return 'none';
    return (await this.models.hasDefault(request.tenantId)) ? 'model' : 'query';
  }
}

async function asInvalidParam<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InputFormError || error instanceof ModelConfigError) throw new InvalidParamError(error.message, { cause: error });
    throw error;
  }
}

function ownerOf({ principal }: AppRunRequest): ConversationOwner {
  const colon = principal.indexOf(':');
  return { kind: principal.startsWith('account:') ? 'account' : 'end_user', id: principal.slice(colon + 1) };
}

function invokeFromOf({ invokeFrom }: AppRunRequest): Turn['invokeFrom'] {
  return invokeFrom === 'mcp' || invokeFrom === 'tool' ? 'service-api' : invokeFrom;
}

function parentOf(request: AppRunRequest, mode: Turn['mode']): string | null {
  if (request.parentMessageId !== undefined) return request.parentMessageId;
  return mode === 'chat' ? LINEAR_PARENT : null;
}
