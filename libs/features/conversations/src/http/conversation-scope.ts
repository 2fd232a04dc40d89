import { UnexpectedError } from '#common';
import { NotChatAppError } from '#features/apps';
import type { AppKeyPrincipal } from '#platform/http';
import type { ConversationScope } from '../conversation.js';

const CHAT_MODES: readonly string[] = ['chat', 'agent-chat', 'advanced-chat'];

/** Whose conversations a caller of the service API means. Throws 400 `not_chat_app` for an app without conversations. */
export function chatScopeOf(app: AppKeyPrincipal): ConversationScope {
  if (!CHAT_MODES.includes(app.mode)) throw new NotChatAppError();
  return scopeOf(app);
}

/** Whose messages a caller of the service API means, in an app of any mode. */
export function scopeOf({ tenantId, appId, endUser }: AppKeyPrincipal): ConversationScope {
  if (endUser === null)
    throw new UnexpectedError({
      code: 'unknown',
      status: 500,
      message: 'A route of conversations has to ask for the user of the app key.',
    });
  return { tenantId, appId, owner: { kind: 'end_user', id: endUser.id } };
}
