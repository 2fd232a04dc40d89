import { type CursorPage, type Json, unixSeconds } from '#common';
import type { Conversation } from '../../conversation.js';

/** A conversation (contract service-and-web-api 10). */
export class ConversationResponse {
  /**
   * Id to continue it by.
   * @example 0199b3a2-5c1e-7d31-8a44-0b1f6d2c9e10
   */
  id: string;
  /**
   * Name that is shown in lists.
   * @example "Plans for the garden"
   */
  name: string;
  /** Values of the app's form that its first message came with. */
  inputs: Record<string, Json>;
  /** Always `normal`. @example normal */
  status: string;
  /**
   * The app's opening statement with variables filled in.
   * @example "Hello! What can I do for you?"
   */
  introduction: string | null;
  /**
   * Seconds since the epoch.
   * @example 1795419556
   */
  created_at: number;
  /**
   * Seconds since the epoch.
   * @example 1795419568
   */
  updated_at: number;

  static from(conversation: Conversation): ConversationResponse {
    return {
      id: conversation.id,
      name: conversation.name,
      inputs: conversation.inputs,
      status: conversation.status,
      introduction: conversation.introduction,
      created_at: unixSeconds(conversation.createdAt),
      updated_at: unixSeconds(conversation.updatedAt),
    };
  }
}

/** A slice of conversations. */
export class ConversationListResponse {
  /**
   * Items asked for.
   * @example 20
   */
  limit: number;
  /** Whether more follow. */
  has_more: boolean;
  /** Conversations in the order asked for. */
  data: ConversationResponse[];

  static from(page: CursorPage<Conversation>): ConversationListResponse {
    return { limit: page.limit, has_more: page.has_more, data: page.data.map((conversation) => ConversationResponse.from(conversation)) };
  }
}
