import type { Json } from '#common';

/** Who a conversation belongs to: an end user of an app, or a member who uses the console. */
export interface ConversationOwner {
  kind: 'end_user' | 'account';
  id: string;
}

/** Through which door an app is run. */
export type InvokeFrom = 'service-api' | 'web-app' | 'explore' | 'debugger' | 'trigger' | 'published' | 'validation';

/** Where conversations are looked for: always one app of one workspace. */
export interface ConversationScope {
  tenantId: string;
  appId: string;
  owner: ConversationOwner;
}

/** A conversation as it is listed and continued. */
export interface Conversation {
  id: string;
  tenantId: string;
  appId: string;
  /** Configuration it began with and keeps; null for graph apps. */
  appModelConfigId: string | null;
  /** JSON of an unsaved configuration; null but for debug conversations. */
  overrideModelConfigs: string | null;
  mode: string;
  name: string;
  inputs: Record<string, Json>;
  introduction: string | null;
  status: string;
  createdAt: Date;
  updatedAt: Date;
}

/** The columns `from_source`, `from_end_user_id` and `from_account_id` of an owner. */
export function ownerColumns(owner: ConversationOwner): {
  from_source: string;
  from_end_user_id: string | null;
  from_account_id: string | null;
} {
  return owner.kind === 'end_user'
    ? { from_source: 'api', from_end_user_id: owner.id, from_account_id: null }
    : { from_source: 'console', from_end_user_id: null, from_account_id: owner.id };
}
