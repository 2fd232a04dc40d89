import { Body, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { AppUnavailableError, NotChatAppError } from '#features/apps';
import { RunFollower, RunResponder, RunStopper } from '#features/runs';
import {
  AppKeyAccess,
  type AppKeyPrincipal,
  CurrentApp,
  type HttpReply,
  type HttpRequest,
  IdempotencyKey,
  NoAmbientContext,
  RequestOrigin,
  ResultResponse,
  ServiceController,
  StreamResponder,
} from '#platform/http';
import { ApiErrors, ApiEventStream } from '#platform/openapi';
import { AgentNotBlockingError } from '../chat.errors.js';
import { chatRunRequest, completionRunRequest, runKeyOf } from './app-run-request.js';
import { ChatMessageRequest } from './dto/chat-message.request.js';
import { CompletionMessageRequest } from './dto/completion-message.request.js';
import { ChatMessageResponse, CompletionMessageResponse } from './dto/message.response.js';
import { RunEventsQuery } from './dto/run-events.query.js';
import { TaskUserRequest } from './dto/task-user.request.js';
import { CHAT_EVENTS } from './events/chat-events.js';

const CHAT_MODES: readonly string[] = ['chat', 'agent-chat', 'advanced-chat'];

/** Runs of an app for its clients: start, stop, follow (contract service-and-web-api 6 to 9). */
@ServiceController('', { tag: 'Messages' })
export class ChatMessagesServiceController {
  constructor(
    private readonly responder: RunResponder,
    private readonly stopper: RunStopper,
    private readonly follower: RunFollower,
    private readonly streams: StreamResponder,
  ) {}

  /**
   * Send a message to a chat app and answer with the model's reply.
   * @remarks With `response_mode: streaming` the answer is an event stream; closing it does not stop the run. The header `Idempotency-Key` makes a repeated request get the same run.
   */
  @Post('chat-messages')
  @NoAmbientContext()
  @AppKeyAccess({ user: 'json', required: true })
  @ApiEventStream(CHAT_EVENTS)
  @ApiErrors(404, 422, 503)
  async chat(
    @CurrentApp() app: AppKeyPrincipal,
    @Body() body: ChatMessageRequest,
    @IdempotencyKey() idempotencyKey: string | null,
    @RequestOrigin() origin: string,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<ChatMessageResponse | undefined> {
    checkChatMode(app);
    if (app.mode === 'agent-chat' && body.response_mode !== 'streaming') throw new AgentNotBlockingError();
    const answer = await this.responder.respond(chatRunRequest(app, body, origin), { reply, idempotencyKey, body });
    return answer as ChatMessageResponse | undefined;
  }

  /**
   * Run a completion app.
   * @remarks With `response_mode: streaming` the answer is an event stream; closing it does not stop the run. The header `Idempotency-Key` makes a repeated request get the same run.
   */
  @Post('completion-messages')
  @NoAmbientContext()
  @AppKeyAccess({ user: 'json', required: true })
  @ApiEventStream(CHAT_EVENTS)
  @ApiErrors(422, 503)
  async complete(
    @CurrentApp() app: AppKeyPrincipal,
    @Body() body: CompletionMessageRequest,
    @IdempotencyKey() idempotencyKey: string | null,
    @RequestOrigin() origin: string,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<CompletionMessageResponse | undefined> {
    checkCompletionMode(app);
    const answer = await this.responder.respond(completionRunRequest(app, body, origin), { reply, idempotencyKey, body });
    return answer as CompletionMessageResponse | undefined;
  }

  /** Stop a run of the same user; what was written until then is kept. Unknown and finished tasks are no error. */
  @Post('chat-messages/:task_id/stop')
  @AppKeyAccess({ user: 'json', required: true })
  async stopChat(
    @CurrentApp() app: AppKeyPrincipal,
    @Param('task_id') taskId: string,
    @Body() _body: TaskUserRequest,
  ): Promise<ResultResponse> {
    checkChatMode(app);
    await this.stopper.stop(runKeyOf(app, taskId));
    return ResultResponse.success();
  }

  /** Stop a run of the same user; what was written until then is kept. Unknown and finished tasks are no error. */
  @Post('completion-messages/:task_id/stop')
  @AppKeyAccess({ user: 'json', required: true })
  async stopCompletion(
    @CurrentApp() app: AppKeyPrincipal,
    @Param('task_id') taskId: string,
    @Body() _body: TaskUserRequest,
  ): Promise<ResultResponse> {
    checkCompletionMode(app);
    await this.stopper.stop(runKeyOf(app, taskId));
    return ResultResponse.success();
  }

  /**
   * Replay a run from its first event, or from the one after `Last-Event-ID`, and follow it to its end.
   * @remarks For the user who started it. Events carry ids. An id that the run never came to is 400 `unknown_event_id`; after its last one the stream ends at once. Dify has no such route.
   */
  @Get(['chat-messages/:task_id/events', 'completion-messages/:task_id/events'])
  @AppKeyAccess({ user: 'query', required: true })
  @ApiEventStream(CHAT_EVENTS)
  @ApiErrors(404, 503)
  async events(
    @CurrentApp() app: AppKeyPrincipal,
    @Param('task_id') taskId: string,
    @Query() query: RunEventsQuery,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<void> {
    const header = request.headers['last-event-id'];
    const after = typeof header === 'string' && header !== '' ? header : query.last_event_id;
    const key = runKeyOf(app, taskId);
    await this.streams.respond(reply, (signal) => this.follower.follow(key, { signal, ...(after !== undefined && { after }) }), {
      eventIds: true,
    });
  }
}

function checkChatMode(app: AppKeyPrincipal): void {
  if (!CHAT_MODES.includes(app.mode)) throw new NotChatAppError();
}

function checkCompletionMode(app: AppKeyPrincipal): void {
  if (app.mode !== 'completion') throw new AppUnavailableError();
}
