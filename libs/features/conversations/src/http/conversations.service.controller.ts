import { Body, Delete, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { InvalidParamError } from '#common';
import { AppKeyAccess, type AppKeyPrincipal, CurrentApp, ServiceController, UuidParam } from '#platform/http';
import { ApiErrors } from '#platform/openapi';
import { ConversationVariableNotFoundError } from '../conversations.errors.js';
import { ConversationService } from '../services/conversation.service.js';
import { chatScopeOf } from './conversation-scope.js';
import { ConversationListQuery } from './dto/conversation-list.query.js';
import { ConversationRenameRequest } from './dto/conversation-rename.request.js';
import { ConversationUserRequest } from './dto/conversation-user.request.js';
import { ConversationVariableRequest } from './dto/conversation-variable.request.js';
import { ConversationVariablesQuery } from './dto/conversation-variables.query.js';
import { ConversationVariableResponse, ConversationVariablesResponse } from './dto/conversation-variables.response.js';
import { ConversationListResponse, ConversationResponse } from './dto/conversation.response.js';

/** Conversations of an app's end users (contract service-and-web-api 10). */
@ServiceController('conversations', { tag: 'Conversations' })
export class ConversationsServiceController {
  constructor(private readonly conversations: ConversationService) {}

  /** List the conversations of an end user. */
  @Get()
  @AppKeyAccess({ user: 'query' })
  @ApiErrors(404)
  async list(@CurrentApp() app: AppKeyPrincipal, @Query() query: ConversationListQuery): Promise<ConversationListResponse> {
    const { limit = 20, sort_by: order = '-updated_at', last_id: lastId } = query;
    return ConversationListResponse.from(
      await this.conversations.list(chatScopeOf(app), { invokeFrom: 'service-api', order, limit, lastId: lastId || null }),
    );
  }

  /** Delete a conversation with its messages. */
  @Delete(':conversation_id')
  @HttpCode(204)
  @AppKeyAccess({ user: 'json' })
  @ApiErrors(404)
  async delete(
    @CurrentApp() app: AppKeyPrincipal,
    @UuidParam('conversation_id') id: string,
    @Body() _body: ConversationUserRequest,
  ): Promise<void> {
    await this.conversations.delete(chatScopeOf(app), id);
  }

  /** Name a conversation, or let the default model name it after its first question. */
  @Post(':conversation_id/name')
  @AppKeyAccess({ user: 'json' })
  @ApiErrors(404)
  async rename(
    @CurrentApp() app: AppKeyPrincipal,
    @UuidParam('conversation_id') id: string,
    @Body() body: ConversationRenameRequest,
  ): Promise<ConversationResponse> {
    const scope = chatScopeOf(app);
    if (body.auto_generate === true) return ConversationResponse.from(await this.conversations.generateName(scope, id));
    const name = body.name?.trim() ?? '';
    if (name === '') throw new InvalidParamError('name is required when auto_generate is false', { params: 'name' });
    return ConversationResponse.from(await this.conversations.rename(scope, id, name));
  }

  /** List the variables that a chatflow keeps with a conversation; other apps have none. */
  @Get(':conversation_id/variables')
  @AppKeyAccess({ user: 'query' })
  @ApiErrors(404)
  async variables(
    @CurrentApp() app: AppKeyPrincipal,
    @UuidParam('conversation_id') id: string,
    @Query() query: ConversationVariablesQuery,
  ): Promise<ConversationVariablesResponse> {
    await this.conversations.get(chatScopeOf(app), id);
    if (query.last_id) throw new InvalidParamError('The variable named by last_id does not exist.', { params: 'last_id' });
    return { limit: query.limit ?? 20, has_more: false, data: [] };
  }

  /** Change a variable of a conversation. */
  @Put(':conversation_id/variables/:variable_id')
  @AppKeyAccess({ user: 'json' })
  @ApiErrors(404)
  async setVariable(
    @CurrentApp() app: AppKeyPrincipal,
    @UuidParam('conversation_id') id: string,
    @UuidParam('variable_id') _variableId: string,
    @Body() _body: ConversationVariableRequest,
  ): Promise<ConversationVariableResponse> {
    await this.conversations.get(chatScopeOf(app), id);
    throw new ConversationVariableNotFoundError();
  }
}
