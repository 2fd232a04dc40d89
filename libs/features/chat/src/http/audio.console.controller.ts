import { Body, Get, Post, Query, Res, type StreamableFile } from '@nestjs/common';
import { AppService } from '#features/apps';
import {
  ConsoleAccess,
  ConsoleController,
  type ConsolePrincipal,
  CurrentConsole,
  Form,
  type HttpReply,
  type UploadForm,
  UuidParam,
} from '#platform/http';
import { ApiBinary, ApiErrors, ApiForm } from '#platform/openapi';
import { AudioPartMissingError } from '../chat.errors.js';
import { AudioService } from '../services/audio.service.js';
import { sendSpeech } from './audio-reply.js';
import { AudioTextResponse, VoiceResponse } from './dto/audio.response.js';
import { TextToAudioRequest } from './dto/text-to-audio.request.js';
import { VoicesQuery } from './dto/voices.query.js';

/** Speech to text and back while an app is being made (contract console-apps 2.7). */
@ConsoleController('apps/:app_id', { tag: 'Audio' })
export class AudioConsoleController {
  constructor(
    private readonly apps: AppService,
    private readonly audio: AudioService,
  ) {}

  /** Write down what is said in a sound file. */
  @Post('audio-to-text')
  @ConsoleAccess()
  @ApiForm({ name: 'file', kind: 'file', required: true, description: 'mp3, m4a, wav, amr or mpga, up to 30 MB.' })
  @ApiErrors(404, 413, 415)
  async listen(
    @CurrentConsole() { tenantId }: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @Form() form: UploadForm,
  ): Promise<AudioTextResponse> {
    await this.apps.get(tenantId, appId, ['chat', 'agent-chat', 'advanced-chat']);
    const part = form.file('file');
    if (part === null) throw new AudioPartMissingError();
    return { text: await this.audio.transcribe({ tenantId, appId }, part) };
  }

  /**
   * Speak a text, or the answer of a message.
   * @remarks Where there is nothing to speak the answer is the JSON `null`.
   */
  @Post('text-to-audio')
  @ConsoleAccess()
  @ApiBinary('audio/mpeg', 'application/json')
  @ApiErrors(404)
  async speak(
    @CurrentConsole() { tenantId }: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @Body() body: TextToAudioRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<StreamableFile | string> {
    await this.apps.get(tenantId, appId);
    const { text = null, message_id: messageId, voice = null } = body;
    return sendSpeech(reply, (signal) => this.audio.speak({ tenantId, appId }, { text, messageId: messageId || null, voice }, signal));
  }

  /** List the voices of the workspace's default model. */
  @Get('text-to-audio/voices')
  @ConsoleAccess()
  @ApiErrors(404)
  async voices(
    @CurrentConsole() { tenantId }: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @Query() query: VoicesQuery,
  ): Promise<VoiceResponse[]> {
    await this.apps.get(tenantId, appId);
    return this.audio.voices(tenantId, query.language);
  }
}
