import { Body, Get, Post, Query } from '@nestjs/common';
import {
  AppKeyAccess,
  type AppKeyPrincipal,
  CurrentApp,
  RequestOrigin,
  ResultResponse,
  ServiceController,
  UuidParam,
} from '#platform/http';
import { ApiErrors } from '#platform/openapi';
import { FileLinks } from '#features/files';
import { FeedbackService } from '../services/feedback.service.js';
import { MessageService } from '../services/message.service.js';
import { SuggestedQuestions } from '../services/suggested-questions.js';
import { chatScopeOf, scopeOf } from './conversation-scope.js';
import { AppFeedbacksQuery } from './dto/app-feedbacks.query.js';
import { FeedbackListResponse, FeedbackResponse } from './dto/feedback.response.js';
import { MessageFeedbackRequest } from './dto/message-feedback.request.js';
import { MessageListQuery } from './dto/message-list.query.js';
import { MessageListResponse, MessageResponse } from './dto/message.response.js';
import { SuggestedQuestionsResponse } from './dto/suggested-questions.response.js';

/** Messages of conversations, with ratings and suggested questions (contract service-and-web-api 10). */
@ServiceController('', { tag: 'Messages' })
export class MessagesServiceController {
  constructor(
    private readonly messages: MessageService,
    private readonly feedbacks: FeedbackService,
    private readonly suggested: SuggestedQuestions,
    private readonly links: FileLinks,
  ) {}

  /** List the messages of a conversation, slice by slice from the newest back; within a slice, as they were sent. */
  @Get('messages')
  @AppKeyAccess({ user: 'query' })
  @ApiErrors(404)
  async list(
    @CurrentApp() app: AppKeyPrincipal,
    @Query() query: MessageListQuery,
    @RequestOrigin() origin: string,
  ): Promise<MessageListResponse> {
    const { conversation_id: conversationId, first_id: firstId, limit = 20 } = query;
    const scope = chatScopeOf(app);
    if (conversationId === '') return { limit, has_more: false, data: [] };
    const { hasMore, views } = await this.messages.list(scope, conversationId, { firstId: firstId || null, limit });
    return {
      limit,
      has_more: hasMore,
      data: views.map((view) => MessageResponse.from(view, { links: this.links, tenantId: app.tenantId, origin })),
    };
  }

  /** Rate an answer, or take the rating back. */
  @Post('messages/:message_id/feedbacks')
  @AppKeyAccess({ user: 'json', required: true })
  @ApiErrors(404)
  async rate(
    @CurrentApp() app: AppKeyPrincipal,
    @UuidParam('message_id') id: string,
    @Body() body: MessageFeedbackRequest,
  ): Promise<ResultResponse> {
    const { tenantId, appId, owner } = scopeOf(app);
    await this.feedbacks.rate({ tenantId, appId, endUserId: owner.id }, id, body.rating ?? null, body.content ?? null);
    return ResultResponse.success();
  }

  /** List all feedback on the app's answers, newest first. */
  @Get('app/feedbacks')
  @AppKeyAccess()
  async feedback(@CurrentApp() app: AppKeyPrincipal, @Query() query: AppFeedbacksQuery): Promise<FeedbackListResponse> {
    const { page = 1, limit = 20 } = query;
    const feedbacks = await this.feedbacks.list(app, { page, limit });
    return { data: feedbacks.map((feedback) => FeedbackResponse.from(feedback)) };
  }

  /** Suggest what to ask next. */
  @Get('messages/:message_id/suggested')
  @AppKeyAccess({ user: 'query', required: true })
  @ApiErrors(404)
  async suggest(@CurrentApp() app: AppKeyPrincipal, @UuidParam('message_id') id: string): Promise<SuggestedQuestionsResponse> {
    return { result: 'success', data: await this.suggested.after(chatScopeOf(app), id) };
  }
}
