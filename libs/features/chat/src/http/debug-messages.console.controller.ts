import { Body, Param, Post, Res } from '@nestjs/common';
import { AppService } from '#features/apps';
import { type AppRunRequest, type RespondOptions, RunResponder, RunStopper, TooManyRunsOfAppError } from '#features/runs';
import {
  ConsoleAccess,
  ConsoleController,
  type ConsolePrincipal,
  CurrentConsole,
  type HttpReply,
  IdempotencyKey,
  RequestOrigin,
  ResultResponse,
  UuidParam,
} from '#platform/http';
import { ApiErrors, ApiEventStream } from '#platform/openapi';
import { TooManyDebugRunsError } from '../chat.errors.js';
import { debugChatRequest, debugCompletionRequest } from './app-run-request.js';
import { DebugChatMessageRequest, DebugCompletionMessageRequest } from './dto/debug-message.request.js';
import { ChatMessageResponse, CompletionMessageResponse } from './dto/message.response.js';
import { ConsoleStopRequest } from './dto/task-user.request.js';
import { CHAT_EVENTS } from './events/chat-events.js';

/** Runs of an app with a configuration that is not saved (contract console-apps 6). */
@ConsoleController('apps/:app_id', { tag: 'Debugging' })
export class DebugMessagesConsoleController {
  constructor(
    private readonly apps: AppService,
    private readonly responder: RunResponder,
    private readonly stopper: RunStopper,
  ) {}

  /** Run a chat app with a configuration that is not saved. */
  @Post('chat-messages')
  @ConsoleAccess({ role: 'edit' })
  @ApiEventStream(CHAT_EVENTS)
  @ApiErrors(404, 422, 429, 503)
  async chat(
    @CurrentConsole() member: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @Body() body: DebugChatMessageRequest,
    @IdempotencyKey() idempotencyKey: string | null,
    @RequestOrigin() origin: string,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<ChatMessageResponse | undefined> {
    const app = await this.apps.get(member.tenantId, appId, ['chat', 'agent-chat']);
    const answer = await this.respond(debugChatRequest(member, app, body, origin), { reply, idempotencyKey, body });
    return answer as ChatMessageResponse | undefined;
  }

  /** Run a completion app with a configuration that is not saved. */
  @Post('completion-messages')
  @ConsoleAccess()
  @ApiEventStream(CHAT_EVENTS)
  @ApiErrors(404, 422, 429, 503)
  async complete(
    @CurrentConsole() member: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @Body() body: DebugCompletionMessageRequest,
    @IdempotencyKey() idempotencyKey: string | null,
    @RequestOrigin() origin: string,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<CompletionMessageResponse | undefined> {
    const app = await this.apps.get(member.tenantId, appId, ['completion']);
    const answer = await this.respond(debugCompletionRequest(member, app, body, origin), { reply, idempotencyKey, body });
    return answer as CompletionMessageResponse | undefined;
  }

  /** Stop one's own debug run of a chat app; unknown and finished tasks are no error. */
  @Post('chat-messages/:task_id/stop')
  @ConsoleAccess()
  @ApiErrors(404)
  async stopChat(
    @CurrentConsole() member: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @Param('task_id') taskId: string,
    @Body() _body: ConsoleStopRequest,
  ): Promise<ResultResponse> {
    await this.apps.get(member.tenantId, appId, ['chat', 'agent-chat', 'advanced-chat']);
    return this.stop(member, appId, taskId);
  }

  /** Stop one's own debug run of a completion app; unknown and finished tasks are no error. */
  @Post('completion-messages/:task_id/stop')
  @ConsoleAccess()
  @ApiErrors(404)
  async stopCompletion(
    @CurrentConsole() member: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @Param('task_id') taskId: string,
    @Body() _body: ConsoleStopRequest,
  ): Promise<ResultResponse> {
    await this.apps.get(member.tenantId, appId, ['completion']);
    return this.stop(member, appId, taskId);
  }

  private async respond(request: AppRunRequest, options: RespondOptions): Promise<object | undefined> {
    try {
      return await this.responder.respond(request, options);
    } catch (error) {
      throw error instanceof TooManyRunsOfAppError ? new TooManyDebugRunsError(error) : error;
    }
  }

  private async stop(member: ConsolePrincipal, appId: string, runId: string): Promise<ResultResponse> {
    await this.stopper.stop({ tenantId: member.tenantId, appId, runId, principal: `account:${member.accountId}` });
    return ResultResponse.success();
  }
}
