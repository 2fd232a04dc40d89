import { UnexpectedError } from '#common';
import type { AppRunRequest, RunPrincipal } from '#features/runs';
import type { AppKeyPrincipal, AppMode, ConsolePrincipal } from '#platform/http';
import type { ChatMessageRequest, RunRequest } from './dto/chat-message.request.js';
import type { CompletionMessageRequest } from './dto/completion-message.request.js';
import type { DebugChatMessageRequest, DebugCompletionMessageRequest } from './dto/debug-message.request.js';

/** Names a run for its principal. */
export interface RunKey {
  tenantId: string;
  appId: string;
  runId: string;
  principal: RunPrincipal;
}

/** The run that a caller of the service API means. */
export function runKeyOf(app: AppKeyPrincipal, runId: string): RunKey {
  return { tenantId: app.tenantId, appId: app.appId, runId, principal: principalOf(app) };
}

/** A message that came over the service API. */
export function chatRunRequest(app: AppKeyPrincipal, body: ChatMessageRequest, origin: string): AppRunRequest {
  const conversation = { conversationId: body.conversation_id || null, autoGenerateName: body.auto_generate_name ?? true };
  return serviceRequest(app, body, { query: body.query, ...conversation, origin });
}

/** A run of a completion app that came over the service API. */
export function completionRunRequest(app: AppKeyPrincipal, body: CompletionMessageRequest, origin: string): AppRunRequest {
  return serviceRequest(app, body, { query: body.query ?? '', conversationId: null, autoGenerateName: false, origin });
}

/** A debug run of a chat app from the console. */
export function debugChatRequest(
  member: ConsolePrincipal,
  app: { id: string; mode: AppMode },
  body: DebugChatMessageRequest,
  origin: string,
): AppRunRequest {
  return {
    ...debugRequest(member, app, body, origin),
    query: body.query,
    conversationId: body.conversation_id || null,
    parentMessageId: body.parent_message_id || null,
  };
}

/** A debug run of a completion app from the console. */
export function debugCompletionRequest(
  member: ConsolePrincipal,
  app: { id: string; mode: AppMode },
  body: DebugCompletionMessageRequest,
  origin: string,
): AppRunRequest {
  return { ...debugRequest(member, app, body, origin), query: body.query ?? '', conversationId: null };
}

type Shared = Omit<AppRunRequest, 'query' | 'conversationId'>;

function serviceRequest(
  app: AppKeyPrincipal,
  body: RunRequest,
  own: { query: string; conversationId: string | null; autoGenerateName: boolean; origin: string },
): AppRunRequest {
  return {
    tenantId: app.tenantId,
    appId: app.appId,
    mode: app.mode,
    principal: principalOf(app),
    invokeFrom: 'service-api',
    inputs: body.inputs,
    files: body.files ?? [],
    stream: body.response_mode === 'streaming',
    query: own.query,
    conversationId: own.conversationId,
    autoGenerateName: own.autoGenerateName,
    origin: own.origin,
  };
}

function debugRequest(
  member: ConsolePrincipal,
  app: { id: string; mode: AppMode },
  body: DebugCompletionMessageRequest,
  origin: string,
): Shared {
  const { tenantId, accountId } = member;
  const { id: appId, mode } = app;
  const modelConfig = body.model_config;
  return { tenantId, appId, mode, principal: `account:${accountId}`, invokeFrom: 'debugger', ...requestParts(body), modelConfig, origin };
}

function requestParts(body: RunRequest): Pick<AppRunRequest, 'inputs' | 'files' | 'stream'> {
  return { inputs: body.inputs, files: body.files ?? [], stream: body.response_mode === 'streaming' };
}

function principalOf({ endUser }: AppKeyPrincipal): RunPrincipal {
  if (endUser !== null) return `end-user:${endUser.id}`;
  throw new UnexpectedError({ code: 'unknown', status: 500, message: 'A route that runs apps has to ask for the user of the app key.' });
}
