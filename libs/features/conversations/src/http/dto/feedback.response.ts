import type { Feedback } from '../../message.js';

/** What somebody thinks of an answer. */
export class FeedbackResponse {
  /** Id of the feedback. */
  id: string;
  /** Id of the app. */
  app_id: string;
  /** Id of the conversation. */
  conversation_id: string;
  /** Id of the message. */
  message_id: string;
  /**
   * `like` or `dislike`.
   * @example like
   */
  rating: string;
  /** The remark that came with it. @example "Just what I needed" */
  content: string | null;
  /** `user`: whoever chatted; `admin`: a member of the workspace. @example user */
  from_source: string;
  /** Id of the end user, when it is one. */
  from_end_user_id: string | null;
  /** Id of the account, when it is one. */
  from_account_id: string | null;
  /**
   * Time in UTC without a zone.
   * @example 2026-11-23T07:39:29
   */
  created_at: string;
  /**
   * Time in UTC without a zone.
   * @example 2026-11-23T07:39:29.966
   */
  updated_at: string;

  static from(feedback: Feedback): FeedbackResponse {
    return {
      id: feedback.id,
      app_id: feedback.appId,
      conversation_id: feedback.conversationId,
      message_id: feedback.messageId,
      rating: feedback.rating,
      content: feedback.content,
      from_source: feedback.fromSource,
      from_end_user_id: feedback.fromEndUserId,
      from_account_id: feedback.fromAccountId,
      created_at: feedback.createdAt.toISOString().slice(0, 19),
      updated_at: feedback.updatedAt.toISOString().slice(0, 23),
    };
  }
}

/** A page of feedback. */
export class FeedbackListResponse {
  /** Newest first. */
  data: FeedbackResponse[];
}
