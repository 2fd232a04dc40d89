import { Injectable } from '@nestjs/common';
import { NoFeedbackError } from '../conversations.errors.js';
import type { Feedback, Rating } from '../message.js';
import { FeedbackRepository, type FeedbackScope } from '../repositories/feedback.repository.js';
import { MessageService } from './message.service.js';

/** What end users think of answers. */
@Injectable()
export class FeedbackService {
  constructor(
    private readonly feedbacks: FeedbackRepository,
    private readonly messages: MessageService,
  ) {}

  /** Gives, replaces or (null) takes back a rating. Throws 404 for a message of somebody else, 400 when there is nothing to take back. */
  async rate(scope: FeedbackScope, messageId: string, rating: Rating | null, content: string | null): Promise<void> {
    const message = await this.messages.get({ ...scope, owner: { kind: 'end_user', id: scope.endUserId } }, messageId);
    if (rating !== null) await this.feedbacks.put(scope, message, rating, content);
    else if (!(await this.feedbacks.remove(scope, messageId))) throw new NoFeedbackError();
  }

  /** All feedback on an app, newest first. */
  list(app: { tenantId: string; appId: string }, page: { page: number; limit: number }): Promise<Feedback[]> {
    return this.feedbacks.listOfApp(app.tenantId, app.appId, page);
  }
}
