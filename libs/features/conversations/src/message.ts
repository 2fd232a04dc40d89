import type { Json } from '#common';

/** A message as it is listed. */
export interface Message {
  id: string;
  conversationId: string;
  parentMessageId: string | null;
  inputs: Record<string, Json>;
  query: string;
  answer: string;
  /** `normal`, `paused` or `error`. */
  status: string;
  error: string | null;
  /** Usage, retriever resources and annotation reply; null while the run is under way. */
  metadata: MessageMetadata | null;
  agentBased: boolean;
  createdAt: Date;
}

/** What `message_metadata` holds. */
export interface MessageMetadata {
  retriever_resources?: Json[];
  annotation_reply?: Json;
  usage?: Json;
}

/** A message as a model's memory and the makers of titles and follow-up questions need it. */
export interface PastMessage {
  id: string;
  parentMessageId: string | null;
  query: string;
  answer: string;
  answerTokens: number;
  files: MessageFile[];
}

/** A file of a message. */
export interface MessageFile {
  id: string;
  messageId: string;
  type: string;
  transferMethod: string;
  url: string | null;
  belongsTo: 'user' | 'assistant' | null;
  uploadFileId: string | null;
  name: string;
  /** With its dot. */
  extension: string;
  mimeType: string;
  /** Bytes; -1 when unknown. */
  size: number;
}

/** A round of an agent. */
export interface AgentThought {
  id: string;
  messageId: string;
  messageChainId: string | null;
  position: number;
  thought: string | null;
  tool: string | null;
  toolLabels: Record<string, Json>;
  toolInput: string | null;
  observation: string | null;
  files: string[];
  createdAt: Date;
}

/** What somebody thinks of an answer. */
export interface Feedback {
  id: string;
  appId: string;
  conversationId: string;
  messageId: string;
  rating: Rating;
  content: string | null;
  fromSource: string;
  fromEndUserId: string | null;
  fromAccountId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export const RATINGS = ['like', 'dislike'] as const;
export type Rating = (typeof RATINGS)[number];
