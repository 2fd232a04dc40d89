import { Body, Post, Res, type StreamableFile } from '@nestjs/common';
import { AppKeyAccess, type AppKeyPrincipal, CurrentApp, Form, type HttpReply, ServiceController, type UploadForm } from '#platform/http';
import { ApiBinary, ApiErrors, ApiForm } from '#platform/openapi';
import { AudioPartMissingError } from '../chat.errors.js';
import { type AudioScope, AudioService } from '../services/audio.service.js';
import { sendSpeech } from './audio-reply.js';
import { AudioTextResponse } from './dto/audio.response.js';
import { TextToAudioRequest } from './dto/text-to-audio.request.js';

/** Speech to text and back for an app's clients (contract service-and-web-api 11). */
@ServiceController('', { tag: 'Audio' })
export class AudioServiceController {
  constructor(private readonly audio: AudioService) {}

  /** Write down what is said in a sound file. */
  @Post('audio-to-text')
  @AppKeyAccess({ user: 'form' })
  @ApiForm(
    { name: 'file', kind: 'file', required: true, description: 'mp3, m4a, wav, amr or mpga, up to 30 MB.' },
    { name: 'user', kind: 'text', description: 'The end user.' },
  )
  @ApiErrors(413, 415)
  async listen(@CurrentApp() app: AppKeyPrincipal, @Form() form: UploadForm): Promise<AudioTextResponse> {
    const part = form.file('file');
    if (part === null) throw new AudioPartMissingError();
    return { text: await this.audio.transcribe(app, part) };
  }

  /**
   * Speak a text, or the answer of a message.
   * @remarks With `user` only messages of this end user are spoken. Where there is nothing to speak the answer is the JSON `null`.
   */
  @Post('text-to-audio')
  @AppKeyAccess({ user: 'json' })
  @ApiBinary('audio/mpeg', 'application/json')
  async speak(
    @CurrentApp() app: AppKeyPrincipal,
    @Body() body: TextToAudioRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<StreamableFile | string> {
    const { text = null, message_id: messageId, voice = null } = body;
    return sendSpeech(reply, (signal) => this.audio.speak(audioScopeOf(app), { text, messageId: messageId || null, voice }, signal));
  }
}

/** Whose messages a caller may have spoken: those of the end user he names, else the app's. */
function audioScopeOf({ tenantId, appId, endUser }: AppKeyPrincipal): AudioScope {
  return { tenantId, appId, ...(endUser !== null && !endUser.isAnonymous && { owner: { kind: 'end_user', id: endUser.id } }) };
}
