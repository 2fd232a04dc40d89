import type { AppModelConfig, ChatFile, Inputs } from '#engines/chat';
import type { ConversationOwner, InvokeFrom } from '#features/conversations';

/** One turn of a chat app, or one run of a completion app, checked and ready to run. */
export interface Turn {
  tenantId: string;
  appId: string;
  mode: 'chat' | 'completion';
  owner: ConversationOwner;
  invokeFrom: InvokeFrom;
  config: AppModelConfig;
  /** Row of the configuration; null for one that was sent by the debugger. */
  configId: string | null;
  /** JSON of a configuration that was sent by the debugger. */
  overrideModelConfigs: string | null;
  messageId: string;
  conversationId: string;
  /** Whether the conversation begins with this turn. */
  isNewConversation: boolean;
  parentMessageId: string | null;
  inputs: Inputs;
  query: string;
  /** Their ids are those of the rows to be written. */
  files: readonly TurnFile[];
  /** Whether the caller reads frames. */
  stream: boolean;
  /** How a new conversation is named: by the default model after a while, by the query at once where there is no such model, or not at all. */
  title: 'model' | 'query' | 'none';
  /** The caller's view of this server's address, for links to files. */
  origin: string;
  createdAt: Date;
  /** Id of the HTTP request, for log lines; null where there is none. */
  requestId: string | null;
}

/** A file of a turn with the id of its row. */
export interface TurnFile extends ChatFile {
  readonly id: string;
}
